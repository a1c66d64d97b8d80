package ai.qenex.ledger;

import ai.qenex.kernel.Money;
import java.time.Duration;
import java.util.List;

/** The online proof that the books are right. */
public interface LedgerCheck {

  Report check();

  /**
   * @param sums per asset the sum over all accounts, which must be zero
   * @param lastSeq of the log
   * @param entries counted in the log, which must equal {@code lastSeq}
   * @param watermark up to which the projections follow
   * @param unproven so many old entries were only counted: the checks since this process started have not come to them
   * yet. Each check proves some more.
   * @param lag age of the oldest entry that is not projected
   * @param violations one sentence each, empty when all laws hold
   */
  record Report(
      List<Money> sums, long lastSeq, long entries, long watermark, long unproven, Duration lag,
      List<String> violations) {

    public Report {
      sums = List.copyOf(sums);
      violations = List.copyOf(violations);
    }

    public boolean passed() {
      return violations.isEmpty();
    }
  }
}
