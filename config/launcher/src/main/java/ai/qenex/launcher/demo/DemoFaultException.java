package ai.qenex.launcher.demo;

/**
 * The day cannot be played on: what was asked, and what the bank answered instead. The message is for the reader of the
 * console.
 */
public final class DemoFaultException extends RuntimeException {

  DemoFaultException(String message) {
    super(message);
  }

  DemoFaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
