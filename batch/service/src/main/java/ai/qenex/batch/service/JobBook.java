package ai.qenex.batch.service;

import ai.qenex.batch.JobExecution.StepProgress;
import ai.qenex.kernel.BusinessDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the bank itself remembers of its runs of {@code end-of-day}, schema {@code jobs}. */
public interface JobBook {

  /** A step, and one of the parts it is worked in; a step that is not partitioned is part 0. */
  record Part(BusinessDate date, EndOfDayStep step, int number) {

    static Part whole(BusinessDate date, EndOfDayStep step) {
      return new Part(date, step, 0);
    }
  }

  /** The latest execution that had the date in hand. */
  Optional<Long> executionOf(BusinessDate date);

  /** @param server the start of the server that runs it */
  void took(BusinessDate date, long execution, UUID server);

  /** The start of the server that runs an execution; empty unless it is its date's latest. */
  Optional<UUID> serverOf(long execution);

  /** The steps in their order, those that have not begun with nothing done. */
  List<StepProgress> progress(BusinessDate date);

  /** The step that was begun last. */
  Optional<EndOfDayStep> lastBegun(BusinessDate date);

  boolean isDone(Part part);

  /** In how many parts the step is worked: as before if it was begun before, else as wanted. */
  int partsOf(BusinessDate date, EndOfDayStep step, int wanted);

  /** Begins a part, or takes it up again where {@code done} of its items are done. */
  void begin(Part part, int parts, long done, long total);

  /** Counts items within the transaction that did them. */
  void advance(Part part, long items);

  /** Notes why an execution failed; the first reason counts. */
  void failed(long execution, String step, String reason);

  Optional<String> failureOf(long execution);
}
