package ai.qenex.batch.service;

import ai.qenex.batch.JobExecution.StepProgress;
import ai.qenex.batch.Jobs;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The book of jobs on PostgreSQL. */
@Stateless
@Local(JobBook.class)
@PermitAll
public class JobBookBean implements JobBook {

  private static final int LONGEST_REASON = 1_000;

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  public JobBookBean() {}

  JobBookBean(DataSource database) {
    this.database = database;
  }

  @Override
  public Optional<Long> executionOf(BusinessDate date) {
    return query("select execution from jobs.run where job = ? and business_date = ?",
        rows -> rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty(), Jobs.END_OF_DAY, date.date());
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void took(BusinessDate date, long execution, UUID server) {
    update("insert into jobs.run (job, business_date, execution, server) values (?, ?, ?, ?) on conflict on constraint "
        + "one_run_per_job_and_date do update set execution = excluded.execution, server = excluded.server",
        Jobs.END_OF_DAY, date.date(), execution, server);
  }

  @Override
  public Optional<UUID> serverOf(long execution) {
    return query("select server from jobs.run where execution = ?",
        rows -> rows.next() ? Optional.ofNullable(rows.getObject(1, UUID.class)) : Optional.empty(), execution);
  }

  @Override
  public List<StepProgress> progress(BusinessDate date) {
    Map<EndOfDayStep, StepProgress> begun = query("select step, sum(done), sum(total), count(*) = max(parts)"
        + " from jobs.progress where job = ? and business_date = ? group by step", JobBookBean::readProgress,
        Jobs.END_OF_DAY, date.date());
    return Stream.of(EndOfDayStep.values())
        .map(step -> begun.getOrDefault(step, new StepProgress(step.id(), 0, 1, false))).toList();
  }

  private static Map<EndOfDayStep, StepProgress> readProgress(ResultSet rows) throws SQLException {
    Map<EndOfDayStep, StepProgress> steps = new EnumMap<>(EndOfDayStep.class);
    while (rows.next()) {
      EndOfDayStep step = EndOfDayStep.of(rows.getString(1));
      long done = rows.getLong(2);
      long total = rows.getLong(3);
      boolean finished = done == total && rows.getBoolean(4);
      steps.put(step, total == 0 ? new StepProgress(step.id(), finished ? 1 : 0, 1, finished)
          : new StepProgress(step.id(), done, total, finished));
    }
    return steps;
  }

  @Override
  public Optional<EndOfDayStep> lastBegun(BusinessDate date) {
    return query("select distinct step from jobs.progress where job = ? and business_date = ?", rows -> {
      Optional<EndOfDayStep> last = Optional.empty();
      while (rows.next()) {
        EndOfDayStep step = EndOfDayStep.of(rows.getString(1));
        last = last.isEmpty() || step.compareTo(last.get()) > 0 ? Optional.of(step) : last;
      }
      return last;
    }, Jobs.END_OF_DAY, date.date());
  }

  @Override
  public boolean isDone(Part part) {
    return query("select done = total from jobs.progress where job = ? and business_date = ? and step = ? and part = ?",
        rows -> rows.next() && rows.getBoolean(1), Jobs.END_OF_DAY, part.date().date(), part.step().id(),
        part.number());
  }

  @Override
  public int partsOf(BusinessDate date, EndOfDayStep step, int wanted) {
    return query("select max(parts) from jobs.progress where job = ? and business_date = ? and step = ?", rows -> {
      rows.next();
      int parts = rows.getInt(1);
      return rows.wasNull() ? wanted : parts;
    }, Jobs.END_OF_DAY, date.date(), step.id());
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void begin(Part part, int parts, long done, long total) {
    update("insert into jobs.progress (job, business_date, step, part, parts, done, total) values (?, ?, ?, ?, ?, ?, ?)"
        + " on conflict (job, business_date, step, part) do update"
        + " set parts = excluded.parts, done = excluded.done, total = excluded.total",
        Jobs.END_OF_DAY, part.date().date(), part.step().id(), part.number(), parts, done, total);
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRED)
  public void advance(Part part, long items) {
    update("update jobs.progress set done = done + ? where job = ? and business_date = ? and step = ? and part = ?",
        items, Jobs.END_OF_DAY, part.date().date(), part.step().id(), part.number());
  }

  @Override
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void failed(long execution, String step, String reason) {
    String kept = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    update("insert into jobs.failure (execution, step, reason) values (?, ?, ?) on conflict do nothing",
        execution, step, kept.replace('\0', ' '));
  }

  @Override
  public Optional<String> failureOf(long execution) {
    return query("select step || ': ' || reason from jobs.failure where execution = ?",
        rows -> rows.next() ? Optional.of(rows.getString(1)) : Optional.empty(), execution);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> T query(String select, Reading<T> reading, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement(select)) {
      set(query, parameters);
      try (ResultSet rows = query.executeQuery()) {
        return reading.read(rows);
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the book of jobs cannot be read", e);
    }
  }

  private void update(String statement, Object... parameters) {
    try (Connection connection = database.getConnection();
        PreparedStatement update = connection.prepareStatement(statement)) {
      set(update, parameters);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the book of jobs cannot be written", e);
    }
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
