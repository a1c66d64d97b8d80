package ai.qenex.settlement.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.settlement.Obligation;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The obligations of one call and day as rows of {@code settlement.obligation}, sent as one array per column. */
final class ObligationRows {

  private final Connection connection;
  private final UUID[] ids;
  private final UUID[] cycles;
  private final String[] payers;
  private final String[] payees;
  private final String[] amounts;

  /** @param cycleOf the day's cycles; an asset that has none makes a row that cannot be inserted, only compared */
  ObligationRows(Connection connection, List<Obligation> obligations, Map<Asset, UUID> cycleOf) {
    this.connection = connection;
    int size = obligations.size();
    ids = new UUID[size];
    cycles = new UUID[size];
    payers = new String[size];
    payees = new String[size];
    amounts = new String[size];
    for (int i = 0; i < size; i++) {
      Obligation obligation = obligations.get(i);
      ids[i] = obligation.id();
      cycles[i] = cycleOf.get(obligation.amount().asset());
      payers[i] = obligation.payer().code();
      payees[i] = obligation.payee().code();
      amounts[i] = obligation.amount().amount().toString();
    }
  }

  /** Inserts those whose id is not there yet. @return how many */
  int insert() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into settlement.obligation (id, cycle, payer, payee, amount)"
            + " select * from unnest(?, ?, ?, ?, ?::numeric[]) on conflict (id) do nothing")) {
      bind(insert);
      return insert.executeUpdate();
    }
  }

  /**
   * Compares with what is stored under the same ids; date and asset are compared by the cycle.
   *
   * @throws QenexException {@code CONFLICTING_STATE} if one was recorded with other figures
   */
  void requireSameFigures() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select asked.id"
        + " from unnest(?, ?, ?, ?, ?::numeric[]) asked (id, cycle, payer, payee, amount)"
        + " join settlement.obligation stored on stored.id = asked.id"
        + " where (stored.cycle, stored.payer, stored.payee, stored.amount)"
        + " is distinct from (asked.cycle, asked.payer, asked.payee, asked.amount) order by asked.id limit 1")) {
      bind(query);
      try (ResultSet rows = query.executeQuery()) {
        if (rows.next()) {
          throw new QenexException(ErrorCode.CONFLICTING_STATE,
              "obligation " + rows.getObject(1, UUID.class) + " was recorded with other figures");
        }
      }
    }
  }

  boolean allRecorded() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "select not exists (select 1 from unnest(?) asked (id)"
            + " where asked.id not in (select id from settlement.obligation where id = any (?)))")) {
      Array wanted = connection.createArrayOf("uuid", ids);
      query.setArray(1, wanted);
      query.setArray(2, wanted);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private void bind(PreparedStatement statement) throws SQLException {
    statement.setArray(1, connection.createArrayOf("uuid", ids));
    statement.setArray(2, connection.createArrayOf("uuid", cycles));
    statement.setArray(3, connection.createArrayOf("text", payers));
    statement.setArray(4, connection.createArrayOf("text", payees));
    statement.setArray(5, connection.createArrayOf("numeric", amounts));
  }
}
