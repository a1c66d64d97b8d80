package ai.qenex.ledger;

/** In which order an account's transfers are paged through; both are orders of the log. */
public enum HistoryOrder {
  NEWEST_FIRST, OLDEST_FIRST
}
