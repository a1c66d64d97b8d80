package ai.qenex.ledger.engine;

import ai.qenex.ledger.Outcome;

/** What the engine makes of one instruction. */
public sealed interface Answer {

  /** To be given once the batch is committed. */
  record Decided(Outcome outcome) implements Answer {}

  /** The instruction broke while it was decided; it left no trace in the ledger. */
  record Faulted(RuntimeException cause) implements Answer {}
}
