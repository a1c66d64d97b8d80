package ai.qenex.ledger.service;

/** Intents of the audit log that a crash left without an end. */
public interface OpenIntents {

  /** Ends them with what the ledger knows; answers how many. */
  int end();
}
