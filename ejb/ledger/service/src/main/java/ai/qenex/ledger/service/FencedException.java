package ai.qenex.ledger.service;

/** Another writer took the lease: this one must not write any more, and forgets what it knows. */
final class FencedException extends Exception {

  FencedException(String message) {
    super(message);
  }
}
