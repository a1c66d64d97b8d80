package ai.qenex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.batch.JobExecution.StepProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobExecutionTest {

  @Test
  void givesEachStepAnEqualShare() {
    JobExecution execution =
        execution(JobStatus.RUNNING, step(1, 1, true), step(50, 100, false), step(0, 1, false), step(0, 1, false));
    assertEquals(37, execution.percent());
    assertEquals(51, execution.itemsDone());
    assertEquals(103, execution.itemsTotal());
  }

  @Test
  void saysHundredPercentOnlyWhenCompleted() {
    assertEquals(99, execution(JobStatus.RUNNING, step(1, 1, true)).percent());
    assertEquals(100, execution(JobStatus.COMPLETED, step(1, 1, true)).percent());
    assertEquals(0, execution(JobStatus.STARTING).percent());
  }

  @Test
  void refusesMoreItemsDoneThanThereAre() {
    assertThrows(IllegalArgumentException.class, () -> step(2, 1, false));
    assertThrows(IllegalArgumentException.class, () -> step(-1, 1, false));
    assertThrows(IllegalArgumentException.class, () -> step(0, 0, false));
  }

  @Test
  void everyEndButCompletionCanBeRestarted() {
    for (JobStatus status : JobStatus.values()) {
      assertEquals(status.ended() && status != JobStatus.COMPLETED, status.restartable());
    }
    assertTrue(JobStatus.FAILED.restartable());
    assertFalse(JobStatus.RUNNING.restartable());
  }

  private static StepProgress step(long done, long total, boolean finished) {
    return new StepProgress("step", done, total, finished);
  }

  private static JobExecution execution(JobStatus status, StepProgress... steps) {
    return new JobExecution(1, Jobs.END_OF_DAY, Map.of(Jobs.BUSINESS_DATE, "2027-03-01"), status, Optional.empty(),
        List.of(steps),
        Instant.EPOCH, Optional.empty(), Optional.empty());
  }
}
