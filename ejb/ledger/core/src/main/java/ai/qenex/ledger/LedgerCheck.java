package ai.qenex.ledger;

import ai.qenex.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The online proof that the books are right. */
public interface LedgerCheck {

  /** How far a check came. */
  enum Status {
    /** Every entry of the log and everything kept beside it was looked at since this process started, and is right. */
    PROVEN,
    /** What was looked at is right, but some older entries were not looked at yet. */
    PROVING,
    /** Something is wrong. */
    BROKEN
  }

  Report check();

  /**
   * @param sums per asset the sum over all accounts, which must be zero
   * @param lastSeq of the log
   * @param entries counted in the log, which must equal {@code lastSeq}
   * @param watermark up to which the projections follow
   * @param provenTo every entry from the first to this one was proven since this process started
   * @param unproven so many old entries were only counted: the checks since this process started have not come to them
   * yet. Each check proves some more.
   * @param lag age of the oldest entry that is not projected
   * @param violations one sentence each, empty when nothing wrong was found
   * @param seal the last head over the log, empty while there is none
   */
  record Report(
      List<Money> sums, long lastSeq, long entries, long watermark, long provenTo, long unproven, Duration lag,
      List<String> violations, Optional<LastSeal> seal) {

    /** @param lag age of the oldest entry that is not sealed */
    public record LastSeal(long number, long last, Instant sealedAt, Duration lag) {}

    public Report {
      sums = List.copyOf(sums);
      violations = List.copyOf(violations);
    }

    /** As far as it can be told without the seal. */
    public Report(List<Money> sums, long lastSeq, long entries, long watermark, long provenTo, long unproven,
        Duration lag, List<String> violations) {
      this(sums, lastSeq, entries, watermark, provenTo, unproven, lag, violations, Optional.empty());
    }

    public Status status() {
      if (!violations.isEmpty()) {
        return Status.BROKEN;
      }
      return unproven > 0 ? Status.PROVING : Status.PROVEN;
    }

    /** Whether all of it is proven. */
    public boolean passed() {
      return status() == Status.PROVEN;
    }
  }
}
