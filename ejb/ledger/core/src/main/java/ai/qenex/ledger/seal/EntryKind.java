package ai.qenex.ledger.seal;

import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.util.HashMap;
import java.util.Map;

/**
 * The kinds of entries, by the number they have in the log and in canonical forms. A number is never given twice.
 *
 * <p>
 * A test holds this list against the permitted kinds of {@link LedgerEntry}, so that no kind goes unsealed; what to
 * write and read of each is decided in switches without a default.
 */
public enum EntryKind {
  TRANSFER(1, TransferPosted.class),
  REFUSAL(2, InstructionRefused.class),
  ACCOUNT_OPENED(3, AccountOpened.class),
  ACCOUNT_CHANGED(4, AccountChanged.class),
  DATE_OPENED(5, BusinessDateOpened.class),
  DATE_CLOSED(6, BusinessDateClosed.class),
  HOLD_PLACED(7, HoldPlaced.class),
  HOLD_RELEASED(8, HoldReleased.class),
  HOLD_EXPIRED(9, HoldExpired.class),
  ASSET_REGISTERED(10, AssetRegistered.class),
  PERIOD_CLOSED(11, PeriodClosed.class),
  /** As {@link #ACCOUNT_OPENED}, whose forms are older than the note of who asked. */
  ACCOUNT_OPENED_FOR(12, AccountOpened.class);

  private static final EntryKind[] BY_CODE = byCode();
  private static final Map<Class<?>, EntryKind> BY_TYPE = byType();

  private final int code;
  private final Class<? extends LedgerEntry> type;

  EntryKind(int code, Class<? extends LedgerEntry> type) {
    this.code = code;
    this.type = type;
  }

  /** 1 to 127. */
  public int code() {
    return code;
  }

  public Class<? extends LedgerEntry> type() {
    return type;
  }

  public static EntryKind of(LedgerEntry entry) {
    if (entry instanceof AccountOpened opened) {
      return opened.asked().isPresent() ? ACCOUNT_OPENED_FOR : ACCOUNT_OPENED;
    }
    EntryKind kind = BY_TYPE.get(entry.getClass());
    if (kind == null) {
      throw new IllegalStateException("no kind for " + entry.getClass().getSimpleName());
    }
    return kind;
  }

  /** @throws IllegalArgumentException if no kind has that number */
  public static EntryKind ofCode(int code) {
    EntryKind kind = code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
    if (kind == null) {
      throw new IllegalArgumentException("no kind of entry has the number " + code);
    }
    return kind;
  }

  private static EntryKind[] byCode() {
    var kinds = new EntryKind[Byte.MAX_VALUE];
    for (EntryKind kind : values()) {
      kinds[kind.code] = kind;
    }
    return kinds;
  }

  private static Map<Class<?>, EntryKind> byType() {
    var kinds = new HashMap<Class<?>, EntryKind>();
    for (EntryKind kind : values()) {
      kinds.put(kind.type, kind);
    }
    return Map.copyOf(kinds);
  }
}
