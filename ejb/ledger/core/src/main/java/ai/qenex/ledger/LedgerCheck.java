package ai.qenex.ledger;

import ai.qenex.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
   * @param seal the last head over the log, empty while there is none
   */
  record Report(
      List<Money> sums, long lastSeq, long entries, long watermark, long unproven, Duration lag,
      List<String> violations, Optional<LastSeal> seal) {

    /** @param lag age of the oldest entry that is not sealed */
    public record LastSeal(long number, long last, Instant sealedAt, Duration lag) {}

    public Report {
      sums = List.copyOf(sums);
      violations = List.copyOf(violations);
    }

    /** As far as it can be told without the seal. */
    public Report(List<Money> sums, long lastSeq, long entries, long watermark, long unproven, Duration lag,
        List<String> violations) {
      this(sums, lastSeq, entries, watermark, unproven, lag, violations, Optional.empty());
    }

    public boolean passed() {
      return violations.isEmpty();
    }
  }
}
