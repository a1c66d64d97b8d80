package ai.qenex.ledger;

/** Stands for what a context offers at its base package. */
public interface Meeting {}
