package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerCheck;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The online proof that the books are right.
 *
 * @param status {@code proven}: all of it is right; {@code proving}: what was looked at is right, but {@code unproven}
 * old entries were not looked at since the server started; {@code broken}: see the violations
 * @param passed whether the status is {@code proven}
 * @param provenTo every entry up to this one was proven since the server started
 * @param gapless whether the log has as many entries as its last number says
 * @param unproven so many old entries the checks have not come to since the server started; each proves some more
 * @param lagMillis age of the oldest entry that the projections do not show yet
 * @param violations one sentence each; empty when all laws hold
 * @param seal the last signed head; absent while there is none
 */
public record LedgerCheckView(
    String status, boolean passed, List<Sum> sums, long lastSeq, long entries, boolean gapless, long watermark,
    long provenTo, long unproven, long lagMillis, List<String> violations, Optional<Seal> seal) {

  /** @param lagMillis age of the oldest entry that no head covers yet */
  public record Seal(long head, long upTo, Instant sealedAt, long lagMillis) {}

  /** @param sum over all accounts of the asset, which must be zero */
  public record Sum(String asset, String sum) {}

  static LedgerCheckView of(LedgerCheck.Report report) {
    return new LedgerCheckView(report.status().name().toLowerCase(Locale.ROOT), report.passed(),
        report.sums().stream().map(sum -> new Sum(sum.asset().code(), sum.toDecimalString())).toList(),
        report.lastSeq(),
        report.entries(), report.entries() == report.lastSeq(), report.watermark(), report.provenTo(),
        report.unproven(), report.lag().toMillis(), report.violations(), report.seal().map(
            seal -> new Seal(seal.number(), seal.last(), seal.sealedAt(), seal.lag().toMillis())));
  }
}
