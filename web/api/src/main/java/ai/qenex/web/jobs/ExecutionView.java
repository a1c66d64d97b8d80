package ai.qenex.web.jobs;

import ai.qenex.batch.JobExecution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a job, as it stands.
 *
 * @param percent 0 to 100; 100 only when it is completed
 * @param items done and known in all steps so far
 * @param step the step that runs, or the last one that ran
 * @param failure why it failed
 */
public record ExecutionView(
    long id, String job, Map<String, String> parameters, String status, int percent, Items items, Optional<String> step,
    List<Step> steps, Instant startedAt, Optional<Instant> endedAt, Optional<String> failure) {

  public record Items(long done, long total) {}

  public record Step(String name, long done, long total, int percent, boolean finished) {}

  public record ExecutionList(List<ExecutionView> items) {}

  static ExecutionView of(JobExecution execution) {
    return new ExecutionView(execution.id(), execution.job(), execution.parameters(), execution.status().code(),
        execution.percent(), new Items(execution.itemsDone(), execution.itemsTotal()), execution.step(),
        execution.steps().stream()
            .map(step -> new Step(step.name(), step.done(), step.total(), step.percent(), step.finished())).toList(),
        execution.startedAt(), execution.endedAt(), execution.failure());
  }
}
