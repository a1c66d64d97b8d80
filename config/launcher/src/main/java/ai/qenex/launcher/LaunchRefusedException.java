package ai.qenex.launcher;

/** The bank cannot be started. The message is the one line that the person at the keyboard needs. */
public final class LaunchRefusedException extends RuntimeException {

  public LaunchRefusedException(String line) {
    super(line);
  }

  public LaunchRefusedException(String line, Throwable cause) {
    super(line, cause);
  }
}
