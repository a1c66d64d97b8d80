package ai.qenex.batch.service;

import ai.qenex.batch.JobExecution;
import ai.qenex.batch.JobStatus;
import ai.qenex.batch.Jobs;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Leadership;
import ai.qenex.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobException;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The jobs on the container's {@link JobOperator}.
 *
 * <p>
 * Starts are serialised by this bean's lock, and only the node that leads the ledger starts any, so that a business
 * date is in the hands of one execution at most.
 */
@Singleton
@Local(Jobs.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Lock(LockType.READ)
public class JobsBean implements Jobs {

  @EJB private BusinessDays days;
  @EJB private JobBook book;
  @EJB private BatchStart server;
  @EJB private Leadership leadership;

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @Lock(LockType.WRITE)
  public JobExecution start(String job, Map<String, String> parameters) {
    requireKnown(job);
    BusinessDate date = businessDate(parameters);
    leadership.requireLead();
    Optional<JobExecution> latest = latestOf(date);
    if (latest.isPresent()) {
      return startedBefore(date, latest.get());
    }
    BusinessDate oldest = days.open().first();
    if (!date.equals(oldest)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "the business day to end is " + oldest + ", not " + date + (days.isClosed(date) ? ", which is closed" : ""));
    }
    return started(date, operator().start(END_OF_DAY, properties(date)));
  }

  private JobExecution startedBefore(BusinessDate date, JobExecution latest) {
    return switch (latest.status()) {
      case COMPLETED -> latest;
      case STARTING, RUNNING, STOPPING -> throw runs(date, latest.id());
      case STOPPED, FAILED -> takeUp(date, latest);
    };
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @Lock(LockType.WRITE)
  public JobExecution restart(long execution) {
    leadership.requireLead();
    JobExecution ended = find(execution).orElseThrow(() -> unknown(execution));
    BusinessDate date = BusinessDate.parse(ended.parameters().get(BUSINESS_DATE));
    Optional<Long> latest = book.executionOf(date);
    if (latest.isPresent() && latest.get() != execution) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "execution " + latest.get() + " has taken up the end of " + date);
    }
    if (!ended.status().restartable()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "execution " + execution + " is " + ended.status().code());
    }
    return takeUp(date, ended);
  }

  /**
   * The container restarts what it saw end. An execution that died with its server it still takes for running: its work
   * is taken up by a new instance, for which the book tells what is done.
   */
  private JobExecution takeUp(BusinessDate date, JobExecution ended) {
    boolean died = !new ExecutionView(operator().getJobExecution(ended.id())).ended();
    return started(date, died
        ? operator().start(END_OF_DAY, properties(date))
        : operator().restart(ended.id(), properties(date)));
  }

  private JobExecution started(BusinessDate date, long execution) {
    book.took(date, execution, server.id());
    return find(execution).orElseThrow();
  }

  @Override
  @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
  @Lock(LockType.WRITE)
  public JobExecution stop(long execution) {
    leadership.requireLead();
    JobExecution running = find(execution).orElseThrow(() -> unknown(execution));
    if (running.status().ended()) {
      return running;
    }
    try {
      operator().stop(execution);
    } catch (JobExecutionNotRunningException ended) {
      return find(execution).orElseThrow();
    }
    return find(execution).orElseThrow();
  }

  @Override
  public Optional<JobExecution> find(long execution) {
    try {
      return Optional.of(view(operator().getJobExecution(execution)));
    } catch (NoSuchJobExecutionException | NoSuchJobException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public List<JobExecution> list(String job, int limit) {
    requireKnown(job);
    if (limit < 1 || limit > Page.MAX_LIMIT) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "limit: 1 to " + Page.MAX_LIMIT);
    }
    var executions = new ArrayList<JobExecution>();
    try {
      for (var instance : operator().getJobInstances(job, 0, limit)) {
        operator().getJobExecutions(instance).forEach(execution -> executions.add(view(execution)));
      }
    } catch (NoSuchJobException neverStarted) {
      return List.of();
    }
    executions.sort(Comparator.comparingLong(JobExecution::id).reversed());
    return List.copyOf(executions.subList(0, Math.min(limit, executions.size())));
  }

  /** What has the date in hand; beside the book the container is asked, in case a start was not booked. */
  private Optional<JobExecution> latestOf(BusinessDate date) {
    try {
      for (long running : operator().getRunningExecutions(END_OF_DAY)) {
        Optional<JobExecution> execution = find(running);
        if (execution.isPresent() && !execution.get().status().ended()
            && date.toString().equals(execution.get().parameters().get(BUSINESS_DATE))) {
          return execution;
        }
      }
    } catch (NoSuchJobException neverStarted) {
      return Optional.empty();
    }
    return book.executionOf(date).flatMap(this::find);
  }

  private JobExecution view(jakarta.batch.runtime.JobExecution execution) {
    var view = new ExecutionView(execution);
    BusinessDate date = BusinessDate.parse(view.parameters().get(BUSINESS_DATE));
    JobStatus status = view.status(isServerGone(view));
    Optional<String> failure = status != JobStatus.FAILED ? Optional.empty()
        : Optional.of(book.failureOf(view.id())
            .orElseGet(() -> view.ended() ? "see the server's log" : "the server stopped meanwhile"));
    return new JobExecution(view.id(), execution.getJobName(), view.parameters(), status,
        book.lastBegun(date).map(EndOfDayStep::id), book.progress(date), view.startedAt(),
        status.ended() ? Optional.of(view.endedAt()) : Optional.empty(), failure);
  }

  /** A standby cannot tell; the leader knows that nobody else runs anything. */
  private boolean isServerGone(ExecutionView view) {
    return leadership.leads() && book.serverOf(view.id()).map(starter -> !starter.equals(server.id()))
        .orElseGet(() -> view.createdAt().isBefore(server.startedAt()));
  }

  private static void requireKnown(String job) {
    if (!job.equals(END_OF_DAY)) {
      throw new QenexException(ErrorCode.NOT_FOUND, "there is no job of that name; there is " + END_OF_DAY);
    }
  }

  /** @throws QenexException {@code INVALID_REQUEST}, its message begins with the path of the faulty parameter */
  static BusinessDate businessDate(Map<String, String> parameters) {
    for (String name : parameters.keySet()) {
      if (!name.equals(BUSINESS_DATE)) {
        throw invalid(name, "the job has no such parameter", null);
      }
    }
    String text = parameters.get(BUSINESS_DATE);
    if (text == null) {
      throw invalid(BUSINESS_DATE, "is missing", null);
    }
    try {
      return BusinessDate.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(BUSINESS_DATE, "not a date such as 2027-02-28", e);
    }
  }

  private static QenexException invalid(String parameter, String reason, Throwable cause) {
    return new QenexException(ErrorCode.INVALID_REQUEST, '/' + parameter + ": " + reason, cause);
  }

  private static Properties properties(BusinessDate date) {
    var properties = new Properties();
    properties.setProperty(BUSINESS_DATE, date.toString());
    return properties;
  }

  private static QenexException runs(BusinessDate date, long execution) {
    return new QenexException(ErrorCode.CONFLICTING_STATE, "execution " + execution + " is ending " + date);
  }

  private static QenexException unknown(long execution) {
    return new QenexException(ErrorCode.NOT_FOUND, "there is no execution " + execution);
  }

  private static JobOperator operator() {
    return BatchRuntime.getJobOperator();
  }
}
