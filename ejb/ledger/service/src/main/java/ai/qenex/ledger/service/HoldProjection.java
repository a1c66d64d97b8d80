package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a stretch of the log does to holds: each is read once and written once, as it stands at the stretch's end. */
final class HoldProjection {

  private final HoldRows rows;
  /** The entries of each hold, in log order. */
  private final Map<UUID, List<LedgerEntry>> entries = new LinkedHashMap<>();
  private final Map<Long, HeldMove> moves = new HashMap<>();

  HoldProjection(Connection connection, AssetTable assets) {
    rows = new HoldRows(connection, assets);
  }

  /** What the holds of an account reserve more (or less), and the last entry that says so. */
  record HeldMove(Amount more, long seq) {

    HeldMove and(HeldMove next) {
      return new HeldMove(more.plus(next.more), next.seq);
    }
  }

  /** The entries come in log order; those that have nothing to do with holds are passed over. */
  void note(LedgerEntry entry) {
    if (entry instanceof HoldPlaced placed) {
      add(placed.id(), entry);
    } else if (entry instanceof HoldReleased released) {
      add(released.hold(), entry);
    } else if (entry instanceof HoldExpired expired) {
      add(expired.hold(), entry);
    } else if (entry instanceof TransferPosted posted
        && posted.link().orElse(null) instanceof Link.Captures captures) {
      add(captures.hold(), entry);
    }
  }

  private void add(UUID hold, LedgerEntry entry) {
    entries.computeIfAbsent(hold, id -> new ArrayList<>()).add(entry);
  }

  /** Writes {@code ledger.hold}; answers per account what is held more. */
  Map<Long, HeldMove> write() throws SQLException {
    if (entries.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Hold> known = rows.find(entries.entrySet().stream()
        .filter(hold -> !(hold.getValue().get(0) instanceof HoldPlaced)).map(Map.Entry::getKey).toList());
    entries.forEach((id, ofHold) -> {
      Hold before = known.get(id);
      Hold after = before == null ? Hold.of(id, ofHold).orElseThrow() : before.after(ofHold);
      long seq = ofHold.get(ofHold.size() - 1).seq();
      rows.becomes(after, before == null ? ofHold.get(0).seq() : 0, seq);
      note(after.account(), after.held().minus(before == null ? Amount.ZERO : before.held()), seq);
    });
    rows.write();
    return moves;
  }

  private void note(AccountNumber account, Amount more, long seq) {
    moves.merge(account.value(), new HeldMove(more, seq),
        (one, other) -> one.seq < other.seq ? one.and(other) : other.and(one));
  }
}
