package ai.qenex.ledger.service;

import ai.qenex.ledger.Reversals;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Which transfers were undone, by the index of the few that undo another. */
public final class LogReversals implements Reversals {

  /** "is not null" lets every plan use the partial index. */
  private static final String OF =
      "select reverses, id from ledger.log where reverses is not null and reverses = any(?)";

  private final LogAccess access;

  public LogReversals(DataSource database) {
    this.access = new LogAccess(database);
  }

  @Override
  public Map<UUID, UUID> of(Collection<UUID> transfers) {
    if (transfers.isEmpty()) {
      return Map.of();
    }
    return access.answer(connection -> {
      var reversals = new HashMap<UUID, UUID>();
      try (var statement = connection.prepareStatement(OF)) {
        statement.setArray(1, connection.createArrayOf("uuid", transfers.toArray()));
        try (var rows = statement.executeQuery()) {
          while (rows.next()) {
            reversals.put(rows.getObject(1, UUID.class), rows.getObject(2, UUID.class));
          }
        }
      }
      return reversals;
    });
  }
}
