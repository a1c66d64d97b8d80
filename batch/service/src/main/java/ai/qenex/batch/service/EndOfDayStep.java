package ai.qenex.batch.service;

import java.util.Locale;

/** The steps of the job {@code end-of-day} in their order. */
public enum EndOfDayStep {
  CUT_OFF,
  FINISH_PAYMENTS,
  CLOSE_CYCLES,
  NET,
  SETTLE,
  MARK_SETTLED,
  STATEMENTS,
  GL_JOURNAL,
  LEDGER_CHECK,
  ROLL;

  /** The id of the step in the job's XML. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException if the job's XML names a step that is not here */
  static EndOfDayStep of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
