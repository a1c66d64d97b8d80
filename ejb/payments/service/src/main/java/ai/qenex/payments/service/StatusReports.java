package ai.qenex.payments.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.iso20022.StatusReportWriter;
import ai.qenex.payments.service.ReceivedDocument.FastGzip;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/**
 * Tells a customer what became of each payment of a file, as a stream of rows: groups and payments side by side in
 * document order.
 */
final class StatusReports {

  private static final int FETCH_ROWS = 1_000;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String GROUPS = "select g.no, g.id, g.payments, g.reason_code, g.reason_path, g.reason_detail,"
      + " coalesce(c.refused, 0) as refused, coalesce(c.done, 0) as done, coalesce(c.clearing, 0) as clearing"
      + " from payments.payment_group g left join (select group_no, count(*) filter (where status = 6) as refused,"
      + " count(*) filter (where status in (3, 5)) as done, count(*) filter (where status = 4) as clearing"
      + " from payments.payment where file = ? group by group_no) c on c.group_no = g.no"
      + " where g.file = ? order by g.no";

  private final Transactions transactions;
  private final Bic bank;

  StatusReports(Transactions transactions, Bic bank) {
    this.transactions = transactions;
    this.bank = bank;
  }

  /**
   * See {@link ai.qenex.payments.PaymentFiles#writeStatusReport}. The target may be slow, as the network is, so it gets
   * the report only when the database is no longer needed.
   */
  void write(UUID id, OutputStream target) {
    Path report = null;
    try {
      report = Files.createTempFile("qenex-status-report", ".gz");
      try (OutputStream zip = new FastGzip(Files.newOutputStream(report))) {
        compose(id, zip);
      }
      try (InputStream finished = new GZIPInputStream(Files.newInputStream(report), BUFFER_BYTES)) {
        finished.transferTo(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the status report of payment file " + id + " cannot be written", e);
    } finally {
      discard(report);
    }
  }

  private static void discard(Path report) {
    try {
      if (report != null) {
        Files.deleteIfExists(report);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file cannot be deleted", e);
    }
  }

  private void compose(UUID id, OutputStream target) {
    transactions.run(connection -> {
      FileRow file = new FileStore(connection).find(id)
          .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "there is no payment file " + id));
      Map<PaymentStatus, Integer> counts = file.byStatus(new PaymentStore(connection).countByStatus(id));
      try (var report = new StatusReportWriter(target, head(file, counts))) {
        if (file.status() != Status.REJECTED) {
          body(connection, id, report);
        }
      }
      return id;
    });
  }

  private StatusReportWriter.File head(FileRow file, Map<PaymentStatus, Integer> counts) {
    // A report that says something else has another id.
    UUID message = UuidV7.derived(file.id(), "pain.002 " + file.status() + ' ' + counts + ' ' + file.updatedAt());
    return new StatusReportWriter.File(StatusReportWriter.compact(message), file.updatedAt(), bank,
        file.origin().messageId(), file.origin().messageType(), file.payments(), file.controlSum(),
        status(file, counts),
        file.reason(), counts);
  }

  private static String status(FileRow file, Map<PaymentStatus, Integer> counts) {
    return switch (file.status()) {
      case REJECTED -> "RJCT";
      case RECEIVED, PROCESSING -> "ACTC";
      case FINISHED -> status(new Tally(file.payments(), counts.getOrDefault(PaymentStatus.REJECTED, 0),
          counts.getOrDefault(PaymentStatus.BOOKED, 0) + counts.getOrDefault(PaymentStatus.SETTLED, 0),
          counts.getOrDefault(PaymentStatus.CLEARING, 0)));
    };
  }

  private record Tally(int all, int refused, int done, int clearing) {}

  private static String status(Tally tally) {
    if (tally.refused() == tally.all()) {
      return "RJCT";
    }
    if (tally.refused() > 0) {
      return "PART";
    }
    if (tally.done() == tally.all()) {
      return "ACSC";
    }
    return tally.done() + tally.clearing() == tally.all() ? "ACSP" : "ACTC";
  }

  private void body(Connection connection, UUID id, StatusReportWriter report) throws SQLException {
    try (PreparedStatement groupQuery = connection.prepareStatement(GROUPS);
        PreparedStatement paymentQuery = connection.prepareStatement("select " + PaymentColumns.NAMES
            + " from payments.payment where file = ? order by index")) {
      groupQuery.setFetchSize(FETCH_ROWS);
      paymentQuery.setFetchSize(FETCH_ROWS);
      groupQuery.setObject(1, id);
      groupQuery.setObject(2, id);
      paymentQuery.setObject(1, id);
      try (ResultSet groups = groupQuery.executeQuery(); ResultSet payments = paymentQuery.executeQuery()) {
        boolean more = payments.next();
        while (groups.next()) {
          group(groups, report);
          while (more && payments.getInt("group_no") == groups.getInt("no")) {
            transaction(PaymentColumns.read(payments, transactions.personal()), report);
            more = payments.next();
          }
        }
      }
    }
  }

  private static void group(ResultSet groups, StatusReportWriter report) throws SQLException {
    var tally = new Tally(groups.getInt("payments"), groups.getInt("refused"), groups.getInt("done"),
        groups.getInt("clearing"));
    report.group(new StatusReportWriter.Group(groups.getString("id"), tally.all(), Optional.of(status(tally)),
        PaymentColumns.reason(groups)));
  }

  private static void transaction(PaymentRow row, StatusReportWriter report) {
    report
        .transaction(new StatusReportWriter.Transaction(row.id(), row.place().flatMap(PaymentRow.Place::instructionId),
            row.endToEndId(), row.place().flatMap(PaymentRow.Place::uetr), row.status(), row.reason(),
            row.times().accepted()));
  }
}
