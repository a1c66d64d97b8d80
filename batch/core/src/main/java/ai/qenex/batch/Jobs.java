package ai.qenex.batch;

import ai.qenex.kernel.Page;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starting, watching, stopping and restarting the bank's jobs. */
public interface Jobs {

  /** The job that ends a business day; its parameter {@value #BUSINESS_DATE} must be the oldest open one. */
  String END_OF_DAY = "end-of-day";

  /** An ISO-8601 date. */
  String BUSINESS_DATE = "businessDate";

  /**
   * Starts a job. For parameters it has completed with it answers that execution; for parameters it failed or was
   * stopped with it goes on from there in a new execution.
   *
   * @return the execution, which may have ended long ago
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if there is no such job, {@code INVALID_REQUEST} if a
   * parameter is missing, unknown or malformed (the message names it), {@code CONFLICTING_STATE} if it runs already or
   * the date is not the oldest open one
   */
  JobExecution start(String job, Map<String, String> parameters);

  Optional<JobExecution> find(long execution);

  /** Executions of a job, newest first. @param limit 1 to {@link Page#MAX_LIMIT} */
  List<JobExecution> list(String job, int limit);

  /**
   * Asks a running execution to stop at its next safe point; one that has ended stays as it is.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND}
   */
  JobExecution stop(long execution);

  /**
   * Goes on where a failed or stopped execution, or one that died with its server, left off.
   *
   * @return the new execution
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND}; {@code CONFLICTING_STATE} if it runs, is completed, or a
   * newer execution took it up already
   */
  JobExecution restart(long execution);
}
