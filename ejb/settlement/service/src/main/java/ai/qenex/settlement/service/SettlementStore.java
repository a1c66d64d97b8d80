package ai.qenex.settlement.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Money;
import ai.qenex.settlement.netting.SettlementPlan.Leg;
import ai.qenex.settlement.service.CycleStore.CycleRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What settles a cycle, tables {@code settlement.leg} and {@code settlement.message}. */
final class SettlementStore {

  /** A pacs.009 as it was written. */
  record Message(String id, Bic bank, byte[] body) {}

  private final Connection connection;

  SettlementStore(Connection connection) {
    this.connection = connection;
  }

  /** Records the intention; messages are those that could be written. */
  void insert(CycleRow cycle, List<Leg> legs, List<Message> messages) throws SQLException {
    List<String> written = messages.stream().map(Message::id).toList();
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into settlement.leg (cycle, bank, net, transfer_id, message_id) values (?, ?, ?::numeric, ?, ?)")) {
      for (Leg leg : legs) {
        insert.setObject(1, cycle.id());
        insert.setString(2, leg.bank().code());
        insert.setString(3, leg.net().amount().toString());
        insert.setObject(4, leg.transferId().orElse(null));
        insert.setString(5, leg.messageId().filter(written::contains).orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (PreparedStatement insert = connection.prepareStatement(
        "insert into settlement.message (id, cycle, bank, body) values (?, ?, ?, ?)")) {
      for (Message message : messages) {
        insert.setString(1, message.id());
        insert.setObject(2, cycle.id());
        insert.setString(3, message.bank().code());
        insert.setBytes(4, message.body());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** Takes back an intention that the ledger refused. */
  void delete(CycleRow cycle) throws SQLException {
    for (String statement : List.of("delete from settlement.leg where cycle = ?",
        "delete from settlement.message where cycle = ?")) {
      try (PreparedStatement delete = connection.prepareStatement(statement)) {
        delete.setObject(1, cycle.id());
        delete.executeUpdate();
      }
    }
  }

  /** By BIC. */
  List<Leg> legs(CycleRow cycle) throws SQLException {
    var legs = new ArrayList<Leg>();
    try (PreparedStatement query = connection.prepareStatement("select bank, net, transfer_id, message_id"
        + " from settlement.leg where cycle = ? order by bank collate \"C\"")) {
      query.setObject(1, cycle.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          legs.add(new Leg(new Bic(rows.getString(1)), new Money(CycleStore.amount(rows, 2), cycle.asset()),
              Optional.ofNullable(rows.getObject(3, UUID.class)), Optional.ofNullable(rows.getString(4))));
        }
      }
    }
    return legs;
  }

  List<Message> messages(CycleRow cycle) throws SQLException {
    var messages = new ArrayList<Message>();
    try (PreparedStatement query = connection.prepareStatement(
        "select id, bank, body from settlement.message where cycle = ? order by bank collate \"C\"")) {
      query.setObject(1, cycle.id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          messages.add(new Message(rows.getString(1), new Bic(rows.getString(2)), rows.getBytes(3)));
        }
      }
    }
    return messages;
  }

  /** The message of a settled cycle. */
  Optional<byte[]> message(String id) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select m.body from settlement.message m"
        + " join settlement.cycle c on c.id = m.cycle where m.id = ? and c.status = 4")) {
      query.setString(1, id);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
      }
    }
  }
}
