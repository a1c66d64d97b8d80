package ai.qenex.batch.service;

import ai.qenex.batch.service.JobBook.Part;
import ai.qenex.kernel.BusinessDate;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Does the step whose id it runs under, unless the book knows it as done. */
@Named("endOfDayStep")
@Dependent
public class EndOfDayBatchlet extends AbstractBatchlet {

  @Inject private JobContext job;
  @Inject private StepContext step;
  @Inject @BatchProperty private String businessDate;
  @EJB private EndOfDay endOfDay;
  @EJB private JobBook book;

  @Override
  public String process() {
    BusinessDate date = BusinessDate.parse(businessDate);
    Part part = Part.whole(date, EndOfDayStep.of(step.getStepName()));
    if (book.isDone(part)) {
      return "DONE_BEFORE";
    }
    try {
      book.begin(part, 1, 0, 1);
      endOfDay.run(part.step(), date);
      book.advance(part, 1);
      return "DONE";
    } catch (RuntimeException fault) { // the boundary to the container, which would keep the reason to itself
      book.failed(job.getExecutionId(), part.step().id(), FailureNote.reasonOf(fault));
      throw fault;
    }
  }
}
