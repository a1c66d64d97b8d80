package ai.qenex.payments.service;

import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.GroupTotals;
import ai.qenex.payments.service.FileRow.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tables {@code payments.payment_file} and {@code payments.payment_group}. */
final class FileStore {

  private static final String COLUMNS =
      "id, sha256, message_id, message_type, initiating_party, submitter, status, groups,"
          + " payments, control_sum, taken, reason_code, reason_path, reason_detail, received_at,"
          + " finished_at, updated_at";
  private static final Status[] STATUSES = Status.values();
  private static final int BULK = 10_000;

  private final Connection connection;

  FileStore(Connection connection) {
    this.connection = connection;
  }

  /** @return whether it is new: neither its bytes nor, unless it is rejected, its message id are known */
  boolean insert(FileRow file) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("insert into payments.payment_file (" + COLUMNS
        + ") values (" + "?, ".repeat(16) + "?) on conflict do nothing")) {
      insert.setObject(1, file.id());
      insert.setBytes(2, file.sha256());
      insert.setString(3, file.origin().messageId());
      insert.setString(4, file.origin().messageType());
      insert.setString(5, file.origin().initiatingParty());
      insert.setString(6, file.origin().submitter());
      insert.setInt(7, code(file.status()));
      insert.setInt(8, file.groups());
      insert.setInt(9, file.payments());
      insert.setBigDecimal(10, file.controlSum().orElse(null));
      insert.setInt(11, file.taken());
      insert.setString(12, file.reason().map(StatusReason::code).orElse(null));
      insert.setString(13, file.reason().map(StatusReason::path).orElse(null));
      insert.setString(14, file.reason().map(StatusReason::detail).orElse(null));
      insert.setObject(15, PaymentColumns.stamp(file.receivedAt()));
      insert.setObject(16, file.finishedAt().map(PaymentColumns::stamp).orElse(null));
      insert.setObject(17, PaymentColumns.stamp(file.updatedAt()));
      return insert.executeUpdate() == 1;
    }
  }

  void insertGroups(UUID file, List<GroupTotals> groups, Map<Integer, StatusReason> reasons) throws SQLException {
    for (int from = 0; from < groups.size(); from += BULK) {
      var rows = new BulkRows("uuid", "int4", "text", "int4", "text", "text", "text");
      for (GroupTotals totals : groups.subList(from, Math.min(groups.size(), from + BULK))) {
        Optional<StatusReason> reason = Optional.ofNullable(reasons.get(totals.group().number()));
        rows.add(file, totals.group().number(), totals.group().id(), totals.count(),
            reason.map(StatusReason::code).orElse(null), reason.map(StatusReason::path).orElse(null),
            reason.map(StatusReason::detail).orElse(null));
      }
      try (PreparedStatement insert = connection.prepareStatement("insert into payments.payment_group"
          + " (file, no, id, payments, reason_code, reason_path, reason_detail) select * from " + rows.unnest())) {
        rows.bind(connection, insert);
        insert.executeUpdate();
      }
    }
  }

  /** Gives groups that turn out to be wrong as a whole their reason. */
  void refuseGroups(UUID file, Map<Integer, StatusReason> reasons) throws SQLException {
    var rows = new BulkRows("uuid", "int4", "text", "text", "text");
    reasons.forEach((no, reason) -> rows.add(file, no, reason.code(), reason.path(), reason.detail()));
    if (!rows.isEmpty()) {
      try (PreparedStatement update =
          connection.prepareStatement("update payments.payment_group g set reason_code = r.code,"
              + " reason_path = r.path, reason_detail = r.detail from " + rows.unnest()
              + " as r (file, no, code, path, detail) where g.file = r.file and g.no = r.no")) {
        rows.bind(connection, update);
        update.executeUpdate();
      }
    }
  }

  /** Why groups of the file are refused as a whole, by number. */
  Map<Integer, StatusReason> groupReasons(UUID file) throws SQLException {
    var reasons = new HashMap<Integer, StatusReason>();
    try (PreparedStatement query = connection.prepareStatement("select no, reason_code, reason_path, reason_detail"
        + " from payments.payment_group where file = ? and reason_code is not null")) {
      query.setObject(1, file);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          reasons.put(rows.getInt(1), PaymentColumns.reason(rows).orElseThrow());
        }
      }
    }
    return reasons;
  }

  Optional<FileRow> find(UUID id) throws SQLException {
    return first("id = ?", id);
  }

  Optional<FileRow> findByHash(byte[] sha256) throws SQLException {
    return first("sha256 = ?", sha256);
  }

  /** Files that are not finished, oldest first. */
  List<UUID> open(int limit) throws SQLException {
    var files = new ArrayList<UUID>();
    try (PreparedStatement query = connection.prepareStatement(
        "select id from payments.payment_file where status in (1, 2) order by received_at, id limit ?")) {
      query.setInt(1, limit);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          files.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return files;
  }

  int countOpen() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select count(*) from payments.payment_file where status in (1, 2)");
        ResultSet rows = query.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  void begin(UUID id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update payments.payment_file set status = 2 where id = ? and status = 1")) {
      update.setObject(1, id);
      update.executeUpdate();
    }
  }

  /** Notes how many payments have a row now. @return false if somebody else noted something first */
  boolean advance(UUID id, int from, int to) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update payments.payment_file set taken = ? where id = ? and taken = ?")) {
      update.setInt(1, to);
      update.setObject(2, id);
      update.setInt(3, from);
      return update.executeUpdate() == 1;
    }
  }

  /** Ends a file whose payments have all been judged and booked; nothing happens to another. */
  void finish(UUID id, Instant at) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("update payments.payment_file set status = 3,"
        + " finished_at = ?, updated_at = ? where id = ? and status = 2 and taken = payments"
        + " and not exists (select 1 from payments.payment where file = ? and status = 2)")) {
      update.setObject(1, PaymentColumns.stamp(at));
      update.setObject(2, PaymentColumns.stamp(at));
      update.setObject(3, id);
      update.setObject(4, id);
      update.executeUpdate();
    }
  }

  private Optional<FileRow> first(String condition, Object key) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select " + COLUMNS + " from payments.payment_file where " + condition)) {
      query.setObject(1, key);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(read(rows)) : Optional.empty();
      }
    }
  }

  private static FileRow read(ResultSet rows) throws SQLException {
    var origin = new Origin(rows.getString("message_id"), rows.getString("message_type"),
        rows.getString("initiating_party"), rows.getString("submitter"));
    return new FileRow(rows.getObject("id", UUID.class), rows.getBytes("sha256"), origin,
        STATUSES[rows.getInt("status") - 1], rows.getInt("groups"), rows.getInt("payments"),
        Optional.ofNullable(rows.getBigDecimal("control_sum")), rows.getInt("taken"), PaymentColumns.reason(rows),
        PaymentColumns.instant(rows, "received_at").orElseThrow(), PaymentColumns.instant(rows, "finished_at"),
        PaymentColumns.instant(rows, "updated_at").orElseThrow());
  }

  private static int code(Status status) {
    return status.ordinal() + 1;
  }
}
