package ai.qenex.ledger;

import java.util.Locale;

/** Life of a hold: open while it reserves anything, then ended in one of three ways, for good. */
public enum HoldStatus {
  OPEN,
  /** All was captured, or a last part, with which the rest was given back. */
  CAPTURED,
  /** What it still reserved was given back because somebody asked for it. */
  RELEASED,
  /** What it still reserved was given back because its time was over. */
  EXPIRED;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
