package ai.qenex.batch.service;

import ai.qenex.batch.service.JobBook.Part;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.AccountNumber;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.batch.runtime.context.JobContext;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** Draws a chunk of statements and counts them, in the chunk's transaction. */
@Named("statementDrawer")
@Dependent
public class StatementDrawer extends AbstractItemWriter {

  @Inject private JobContext job;
  @Inject @BatchProperty private String businessDate;
  @Inject @BatchProperty private String part;
  @EJB private EndOfDay endOfDay;
  @EJB private JobBook book;

  @Override
  public void writeItems(List<Object> items) {
    BusinessDate date = BusinessDate.parse(businessDate);
    try {
      endOfDay.drawStatements(date, items.stream().map(AccountNumber.class::cast).toList());
      book.advance(new Part(date, EndOfDayStep.STATEMENTS, Integer.parseInt(part)), items.size());
    } catch (RuntimeException fault) { // the boundary to the container, which would keep the reason to itself
      book.failed(job.getExecutionId(), EndOfDayStep.STATEMENTS.id(), FailureNote.reasonOf(fault));
      throw fault;
    }
  }
}
