package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.security.FieldCipher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Table {@code payments.payment}. */
final class PaymentStore {

  /** How the booking of a payment ended: where it stands now, and either its business date or the reason. */
  record Ending(
      UUID id, PaymentStatus status, Optional<BusinessDate> businessDate, Optional<StatusReason> reason, Instant at) {}

  private final Connection connection;
  private final FieldCipher personal;

  /** For what touches no name. */
  PaymentStore(Connection connection) {
    this(connection, null);
  }

  PaymentStore(Connection connection, FieldCipher personal) {
    this.connection = connection;
    this.personal = personal;
  }

  /** Inserts payments; one whose id or end-to-end id is taken is left out. @return ids of those inserted */
  Set<UUID> insert(Collection<PaymentRow> payments) throws SQLException {
    BulkRows rows = PaymentColumns.bulk();
    payments.forEach(payment -> PaymentColumns.add(rows, payment, personal));
    var inserted = new HashSet<UUID>();
    try (PreparedStatement insert = connection.prepareStatement("insert into payments.payment (" + PaymentColumns.NAMES
        + ") select * from " + rows.unnest() + " on conflict do nothing returning id")) {
      rows.bind(connection, insert);
      try (ResultSet ids = insert.executeQuery()) {
        while (ids.next()) {
          inserted.add(ids.getObject(1, UUID.class));
        }
      }
    }
    return inserted;
  }

  Optional<PaymentRow> find(UUID id) throws SQLException {
    return findAll(List.of(id)).stream().findFirst();
  }

  List<PaymentRow> findAll(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select " + PaymentColumns.NAMES + " from payments.payment where id = any(?) order by id")) {
      query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return rows(query);
    }
  }

  /** Of the given payments those that are accepted and wait for their booking, in the order given. */
  List<PaymentRow> pending(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select " + PaymentColumns.NAMES
        + " from payments.payment join unnest(?) with ordinality as wanted (wanted_id, position) on id = wanted_id"
        + " where status = 2 order by position")) {
      query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return rows(query);
    }
  }

  /** All payments whose booking is under way: the single ones as they were accepted, then files in their order. */
  List<UUID> pendingIds() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select id from payments.payment where status = 2 order by file nulls first, index, accepted_at, id")) {
      return ids(query);
    }
  }

  /** Of the given payments those whose booking is under way, in the order given. */
  List<UUID> pendingIdsOf(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select id from payments.payment"
        + " join unnest(?) with ordinality as wanted (wanted_id, position) on id = wanted_id"
        + " where status = 2 order by position")) {
      query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return ids(query);
    }
  }

  /** Single payments whose booking is under way since before the given time. */
  List<UUID> pendingSingles(Instant before, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select id from payments.payment where status = 2"
        + " and file is null and accepted_at < ? order by id limit ?")) {
      query.setObject(1, PaymentColumns.stamp(before));
      query.setInt(2, limit);
      return ids(query);
    }
  }

  /** Payments of a file whose booking is under way, in its order. */
  List<UUID> pendingOf(UUID file) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select id from payments.payment where file = ? and status = 2 order by index")) {
      query.setObject(1, file);
      return ids(query);
    }
  }

  /** Locks those of the payments that are still accepted, in the order of ids, until the transaction ends. */
  Set<UUID> lockPending(Collection<UUID> ids) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select id from payments.payment where id = any(?) and status = 2 order by id for update")) {
      query.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
      return new HashSet<>(ids(query));
    }
  }

  void end(Collection<Ending> endings) throws SQLException {
    var rows = new BulkRows("uuid", "int2", "date", "text", "text", "text", "timestamptz");
    for (Ending ending : endings) {
      rows.add(ending.id(), PaymentColumns.code(ending.status()),
          ending.businessDate().map(BusinessDate::date).orElse(null),
          ending.reason().map(StatusReason::code).orElse(null), ending.reason().map(StatusReason::path).orElse(null),
          ending.reason().map(StatusReason::detail).orElse(null), ending.at());
    }
    try (PreparedStatement update = connection.prepareStatement("update payments.payment p set status = e.status,"
        + " business_date = e.day, reason_code = e.code, reason_path = e.path, reason_detail = e.detail,"
        + " ended_at = e.at"
        + " from " + rows.unnest()
        + " as e (id, status, day, code, path, detail, at) where p.id = e.id and p.status = 2")) {
      rows.bind(connection, update);
      update.executeUpdate();
    }
  }

  /** Moves the day's payments of a settled cycle on. */
  void settle(BusinessDate date, Asset asset, Instant at) throws SQLException {
    try (PreparedStatement files =
        connection.prepareStatement("update payments.payment_file set updated_at = ? where id in"
            + " (select distinct file from payments.payment where status = 4 and business_date = ? and asset = ?)")) {
      files.setObject(1, PaymentColumns.stamp(at));
      files.setObject(2, date.date());
      files.setString(3, asset.code());
      files.executeUpdate();
    }
    try (PreparedStatement update = connection.prepareStatement("update payments.payment set status = 5, settled_at = ?"
        + " where status = 4 and business_date = ? and asset = ?")) {
      update.setObject(1, PaymentColumns.stamp(at));
      update.setObject(2, date.date());
      update.setString(3, asset.code());
      update.executeUpdate();
    }
  }

  /** Payments whose debtor or creditor has that name, the latest first. */
  List<PaymentRow> byParty(String name, int limit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select " + PaymentColumns.NAMES
        + " from payments.payment where debtor_name_index = any(?) or creditor_name_index = any(?)"
        + " order by received_at desc, id limit ?")) {
      query.setArray(1, connection.createArrayOf("bytea",
          personal.indexes(PersonalPart.DEBTOR_COLUMN, name).toArray(new byte[0][])));
      query.setArray(2, connection.createArrayOf("bytea",
          personal.indexes(PersonalPart.CREDITOR_COLUMN, name).toArray(new byte[0][])));
      query.setInt(3, limit);
      return rows(query);
    }
  }

  /**
   * Protects anew what is in clear or under a former data key, of payments that have ended.
   *
   * @return how many were done, at most {@code limit}
   */
  int protectAnew(int limit) throws SQLException {
    var stale = new ArrayList<PaymentRow>();
    for (String which : List.of("personal_epoch is null", "personal_epoch < " + personal.epoch())) {
      try (PreparedStatement query = connection.prepareStatement("select " + PaymentColumns.NAMES
          + " from payments.payment where " + which + " and status >= 3 order by id limit ? for update skip locked")) {
        query.setInt(1, limit - stale.size());
        stale.addAll(rows(query));
      }
    }
    try (PreparedStatement update = connection.prepareStatement("update payments.payment set debtor_name = null,"
        + " creditor_name = null, remittance = null, personal = ?, personal_epoch = ?, debtor_name_index = ?,"
        + " creditor_name_index = ? where id = ?")) {
      for (PaymentRow row : stale) {
        PersonalPart part = PersonalPart.of(row);
        update.setBytes(1, part.protectedBy(personal, row.id()));
        update.setInt(2, personal.epoch());
        update.setBytes(3, personal.index(PersonalPart.DEBTOR_COLUMN, part.debtorName()));
        update.setBytes(4, personal.index(PersonalPart.CREDITOR_COLUMN, part.creditorName()));
        update.setObject(5, row.id());
        update.addBatch();
      }
      update.executeBatch();
    }
    return stale.size();
  }

  Map<PaymentStatus, Integer> countByStatus(UUID file) throws SQLException {
    var counts = new EnumMap<PaymentStatus, Integer>(PaymentStatus.class);
    try (PreparedStatement query = connection.prepareStatement(
        "select status, count(*) from payments.payment where file = ? group by status")) {
      query.setObject(1, file);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          counts.put(PaymentColumns.status(rows.getInt(1)), rows.getInt(2));
        }
      }
    }
    return counts;
  }

  private List<PaymentRow> rows(PreparedStatement query) throws SQLException {
    var payments = new ArrayList<PaymentRow>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        payments.add(PaymentColumns.read(rows, personal));
      }
    }
    return payments;
  }

  private static List<UUID> ids(PreparedStatement query) throws SQLException {
    var ids = new ArrayList<UUID>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getObject(1, UUID.class));
      }
    }
    return ids;
  }
}
