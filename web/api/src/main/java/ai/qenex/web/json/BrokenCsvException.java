package ai.qenex.web.json;

/** A body of comma separated values whose rows cannot be told apart from some line on. */
public final class BrokenCsvException extends RuntimeException {

  private final long line;

  BrokenCsvException(long line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  /** From 1. */
  public long line() {
    return line;
  }
}
