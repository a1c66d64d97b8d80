package ai.qenex.ledger.engine;

import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The past as far as a batch may look at it: what was looked up in the log for its ids and references, and what the
 * batch itself wrote.
 */
final class References {

  private Map<UUID, LogRow> recorded = Map.of();
  private BatchRows ofBatch = new BatchRows();
  /** Reversals by the transfer they undo. */
  private final Map<UUID, UUID> reversals = new HashMap<>();

  /** What the log tells of holds that were asked for, by hold. */
  private final Map<UUID, List<LedgerEntry>> ofHolds = new HashMap<>();

  /** @param found what the log has, the entries that link to what is referred to among them */
  void begin(Map<UUID, LogRow> found, BatchRows batch) {
    recorded = found;
    ofBatch = batch;
    if (!reversals.isEmpty()) {
      reversals.clear();
    }
    if (!ofHolds.isEmpty()) {
      ofHolds.clear();
    }
    if (!found.isEmpty()) {
      found.values().forEach(row -> remember(row.entry()));
    }
  }

  private void remember(LedgerEntry entry) {
    if (entry instanceof HoldPlaced placed) {
      ofHold(placed.id(), entry);
    } else if (entry instanceof HoldReleased released) {
      ofHold(released.hold(), entry);
    } else if (entry instanceof HoldExpired expired) {
      ofHold(expired.hold(), entry);
    } else if (entry instanceof TransferPosted posted
        && posted.link().orElse(null) instanceof Link.Captures captures) {
      ofHold(captures.hold(), entry);
    }
    wrote(entry);
  }

  private void ofHold(UUID hold, LedgerEntry entry) {
    ofHolds.computeIfAbsent(hold, id -> new ArrayList<>()).add(entry);
  }

  /** An entry that links to another is known from now on. */
  void wrote(LedgerEntry entry) {
    if (entry instanceof TransferPosted posted && posted.link().isPresent()
        && posted.link().get() instanceof Link.Reverses reverses) {
      reversals.put(reverses.transfer(), posted.id());
    }
  }

  /** Takes back {@link #wrote}. */
  void forget(LedgerEntry entry) {
    if (entry instanceof TransferPosted posted && posted.link().isPresent()
        && posted.link().get() instanceof Link.Reverses reverses) {
      reversals.remove(reverses.transfer());
    }
  }

  Optional<LedgerEntry> entry(UUID id) {
    LogRow row = ofBatch.get(id);
    return Optional.ofNullable(row == null ? recorded.get(id) : row).map(LogRow::entry);
  }

  Optional<UUID> reversalOf(UUID transfer) {
    return Optional.ofNullable(reversals.get(transfer));
  }

  /** A hold that ended before this batch: as the log tells it. */
  Optional<Hold> endedHold(UUID id) {
    List<LedgerEntry> entries = ofHolds.get(id);
    return entries == null ? Optional.empty() : Hold.of(id, entries);
  }
}
