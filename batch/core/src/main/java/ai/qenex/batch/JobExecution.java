package ai.qenex.batch;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run of a job, as it stands.
 *
 * @param id counts up from 1; a restart has an id of its own
 * @param parameters as given at the start, by name
 * @param step the step that runs, or the last one that ran; empty before the first
 * @param steps those of the job in their order, whatever execution did them
 * @param failure why it failed, one sentence; empty unless {@link JobStatus#FAILED}
 */
public record JobExecution(
    long id, String job, Map<String, String> parameters, JobStatus status, Optional<String> step,
    List<StepProgress> steps,
    Instant startedAt, Optional<Instant> endedAt, Optional<String> failure) {

  public JobExecution {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    steps = List.copyOf(steps);
  }

  /** How many items are done in all steps so far. */
  public long itemsDone() {
    return steps.stream().mapToLong(StepProgress::done).sum();
  }

  /** How many items there are in all steps, as far as known now: a step learns its number when it begins. */
  public long itemsTotal() {
    return steps.stream().mapToLong(StepProgress::total).sum();
  }

  /** 0 to 100, each step an equal share; 100 only when the job is completed. */
  public int percent() {
    if (status == JobStatus.COMPLETED) {
      return 100;
    }
    if (steps.isEmpty()) {
      return 0;
    }
    int sum = steps.stream().mapToInt(StepProgress::percent).sum();
    return Math.min(99, sum / steps.size());
  }

  /**
   * How far one step is.
   *
   * @param done items done, over all executions
   * @param total items there are; at least 1, since a step without items counts itself
   * @param finished whether the step has come to its end, so that a restart passes it over
   */
  public record StepProgress(String name, long done, long total, boolean finished) {

    public StepProgress {
      if (done < 0 || total < 1 || done > total) {
        throw new IllegalArgumentException("items done are between zero and their total");
      }
    }

    public int percent() {
      return finished ? 100 : (int) Math.min(99, done * 100 / total);
    }
  }
}
