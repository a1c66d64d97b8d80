package ai.qenex.ledger.inner;

/** Stands for what a context keeps to itself. */
public interface Hidden {}
