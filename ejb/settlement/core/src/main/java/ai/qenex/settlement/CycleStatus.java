package ai.qenex.settlement;

import java.util.Locale;

/** Life of a clearing cycle; no step is ever taken back. */
public enum CycleStatus {
  /** Takes obligations. */
  OPEN,
  /** The set of obligations is frozen. */
  CLOSED,
  /** Net positions are fixed. */
  NETTED,
  /** The settlement transfers are posted: final. */
  SETTLED;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
