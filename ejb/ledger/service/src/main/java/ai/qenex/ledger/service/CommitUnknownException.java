package ai.qenex.ledger.service;

/** COMMIT was sent and nobody knows what became of it. */
final class CommitUnknownException extends Exception {

  CommitUnknownException(Throwable cause) {
    super("the outcome of a commit is unknown", cause);
  }
}
