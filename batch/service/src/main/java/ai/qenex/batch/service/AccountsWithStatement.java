package ai.qenex.batch.service;

import ai.qenex.batch.service.JobBook.Part;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.AccountNumber;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.batch.runtime.context.JobContext;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/**
 * Reads the accounts of one part that get a statement, by number. Its checkpoint is the number of the last account that
 * was read.
 */
@Named("accountsWithStatement")
@Dependent
public class AccountsWithStatement extends AbstractItemReader {

  @Inject private JobContext job;
  @Inject @BatchProperty private String businessDate;
  @Inject @BatchProperty private String part;
  @Inject @BatchProperty private String parts;
  @EJB private EndOfDay endOfDay;
  @EJB private JobBook book;

  private List<AccountNumber> accounts;
  private int next;
  private long last;

  @Override
  public void open(Serializable checkpoint) {
    BusinessDate date = BusinessDate.parse(businessDate);
    var mine = new Part(date, EndOfDayStep.STATEMENTS, Integer.parseInt(part));
    int modulus = Integer.parseInt(parts);
    try {
      if (book.isDone(mine)) {
        accounts = List.of();
        return;
      }
      accounts = endOfDay.dueStatements(date).stream()
          .filter(account -> account.value() % modulus == mine.number()).sorted().toList();
      last = checkpoint == null ? 0 : (Long) checkpoint;
      while (next < accounts.size() && accounts.get(next).value() <= last) {
        next++;
      }
      book.begin(mine, modulus, next, accounts.size());
    } catch (RuntimeException fault) { // the boundary to the container, which would keep the reason to itself
      book.failed(job.getExecutionId(), EndOfDayStep.STATEMENTS.id(), FailureNote.reasonOf(fault));
      throw fault;
    }
  }

  @Override
  public AccountNumber readItem() {
    if (next == accounts.size()) {
      return null;
    }
    AccountNumber account = accounts.get(next++);
    last = account.value();
    return account;
  }

  @Override
  public Serializable checkpointInfo() {
    return last;
  }
}
