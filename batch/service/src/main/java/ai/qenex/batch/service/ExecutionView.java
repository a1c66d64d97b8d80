package ai.qenex.batch.service;

import ai.qenex.batch.JobStatus;
import ai.qenex.batch.Jobs;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.JobExecution;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Properties;

/** An execution as the container keeps it, read with what it does not know: whether the server that ran it is gone. */
final class ExecutionView {

  private final JobExecution execution;

  ExecutionView(JobExecution execution) {
    this.execution = execution;
  }

  long id() {
    return execution.getExecutionId();
  }

  /** Only our own: containers add parameters of theirs. */
  Map<String, String> parameters() {
    Properties parameters = execution.getJobParameters();
    return Map.of(Jobs.BUSINESS_DATE, parameters.getProperty(Jobs.BUSINESS_DATE));
  }

  /** Whether the container saw it end. */
  boolean ended() {
    return switch (execution.getBatchStatus()) {
      case STARTING, STARTED, STOPPING -> false;
      case STOPPED, FAILED, COMPLETED, ABANDONED -> true;
    };
  }

  Instant createdAt() {
    return execution.getCreateTime().toInstant();
  }

  /** @param serverGone whether the server that ran it does so no more, ended or not */
  JobStatus status(boolean serverGone) {
    BatchStatus status = execution.getBatchStatus();
    if (!ended() && serverGone) {
      return JobStatus.FAILED;
    }
    return switch (status) {
      case STARTING -> JobStatus.STARTING;
      case STARTED -> JobStatus.RUNNING;
      case STOPPING -> JobStatus.STOPPING;
      case STOPPED -> JobStatus.STOPPED;
      case FAILED, ABANDONED -> JobStatus.FAILED;
      case COMPLETED -> JobStatus.COMPLETED;
    };
  }

  Instant startedAt() {
    return first(execution.getStartTime(), execution.getCreateTime());
  }

  /** When it ended; for one that died, when it was last heard of. */
  Instant endedAt() {
    return first(execution.getEndTime(), execution.getLastUpdatedTime());
  }

  private static Instant first(Date wanted, Date otherwise) {
    return (wanted == null ? otherwise : wanted).toInstant();
  }
}
