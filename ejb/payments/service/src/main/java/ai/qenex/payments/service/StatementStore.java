package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Table {@code payments.statement}. */
final class StatementStore {

  /**
   * A statement as it is stored.
   *
   * @param name of its file, without extension
   * @param document whether it has a camt.053
   */
  record StatementRow(
      AccountNumber account, BusinessDate date, long sequence, Money opening, Money closing, int entries, String name,
      boolean document) {}

  private final Connection connection;

  StatementStore(Connection connection) {
    this.connection = connection;
  }

  /** @return false if the account has one for that day already */
  boolean insert(StatementRow row) throws SQLException {
    try (
        PreparedStatement insert = connection.prepareStatement("insert into payments.statement (account, business_date,"
            + " sequence, asset, scale, opening, closing, entries, name, document)"
            + " values (?, ?, ?, ?, ?, ?::numeric, ?::numeric, ?, ?, ?)"
            + " on conflict (account, business_date) do nothing")) {
      insert.setLong(1, row.account().value());
      insert.setObject(2, row.date().date());
      insert.setLong(3, row.sequence());
      insert.setString(4, row.opening().asset().code());
      insert.setInt(5, row.opening().asset().scale());
      insert.setString(6, row.opening().amount().toString());
      insert.setString(7, row.closing().amount().toString());
      insert.setInt(8, row.entries());
      insert.setString(9, row.name());
      insert.setBoolean(10, row.document());
      return insert.executeUpdate() == 1;
    }
  }

  Optional<StatementRow> find(BusinessDate date, AccountNumber account) throws SQLException {
    return first("account = ? and business_date = ?", date, account);
  }

  /** The account's latest statement of an earlier day. */
  Optional<StatementRow> before(BusinessDate date, AccountNumber account) throws SQLException {
    return first("account = ? and business_date < ? order by business_date desc limit 1", date, account);
  }

  /** A statement of a later day. */
  Optional<StatementRow> after(BusinessDate date, AccountNumber account) throws SQLException {
    return first("account = ? and business_date > ? order by business_date limit 1", date, account);
  }

  private Optional<StatementRow> first(String condition, BusinessDate date, AccountNumber account) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select account, business_date, sequence, asset, scale,"
        + " opening, closing, entries, name, document from payments.statement where " + condition)) {
      query.setLong(1, account.value());
      query.setObject(2, date.date());
      try (ResultSet rows = query.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var asset = new Asset(rows.getString("asset"), rows.getInt("scale"));
        return Optional.of(new StatementRow(account, BusinessDate.parse(rows.getString("business_date")),
            rows.getLong("sequence"), new Money(PaymentColumns.amount(rows, "opening"), asset),
            new Money(PaymentColumns.amount(rows, "closing"), asset), rows.getInt("entries"), rows.getString("name"),
            rows.getBoolean("document")));
      }
    }
  }
}
