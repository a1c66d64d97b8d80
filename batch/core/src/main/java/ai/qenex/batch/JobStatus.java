package ai.qenex.batch;

import java.util.Locale;

/** Where one execution of a job stands. */
public enum JobStatus {
  STARTING,
  RUNNING,
  /** Asked to stop; the work in hand is brought to its next safe point. */
  STOPPING,
  /** Stopped on demand; can be restarted. */
  STOPPED,
  /** Ended by a fault, or died with its server; can be restarted. */
  FAILED,
  /** All steps are done: final. */
  COMPLETED;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this execution will never do anything again. */
  public boolean ended() {
    return switch (this) {
      case STARTING, RUNNING, STOPPING -> false;
      case STOPPED, FAILED, COMPLETED -> true;
    };
  }

  public boolean restartable() {
    return switch (this) {
      case STARTING, RUNNING, STOPPING, COMPLETED -> false;
      case STOPPED, FAILED -> true;
    };
  }
}
