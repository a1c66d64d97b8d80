package ai.qenex.batch.service;

import ai.qenex.kernel.QenexException;

/** Says in one sentence why a step failed: the container keeps a fault's stack trace, but tells nobody. */
final class FailureNote {

  private static final int DEEPEST = 20;

  private FailureNote() {}

  /** The message of the fault with a stable code if there is one behind it, else of the innermost one. */
  static String reasonOf(Throwable fault) {
    Throwable innermost = fault;
    for (int depth = 0; depth < DEEPEST; depth++) {
      if (innermost instanceof QenexException known) {
        return known.code() + ", " + known.getMessage();
      }
      if (innermost.getCause() == null) {
        break;
      }
      innermost = innermost.getCause();
    }
    return innermost.getClass().getSimpleName() + ", " + innermost.getMessage();
  }
}
