package ai.qenex.kernel;

/** A text or number that is no amount of the asset it was read for. Its message may be shown to the caller. */
public final class InvalidAmountException extends IllegalArgumentException {

  public InvalidAmountException(String message) {
    super(message);
  }
}
