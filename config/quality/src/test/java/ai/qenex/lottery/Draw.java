package ai.qenex.lottery;

/** A context that nobody decided on. */
public interface Draw {}
