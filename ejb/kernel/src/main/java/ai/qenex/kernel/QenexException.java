package ai.qenex.kernel;

import java.util.Objects;

/**
 * A fault with a stable code. The message of a client's fault may be shown to that client; others go to the log only.
 */
public final class QenexException extends RuntimeException {

  private final ErrorCode code;

  public QenexException(ErrorCode code, String message) {
    super(message);
    this.code = Objects.requireNonNull(code);
  }

  public QenexException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code);
  }

  public ErrorCode code() {
    return code;
  }
}
