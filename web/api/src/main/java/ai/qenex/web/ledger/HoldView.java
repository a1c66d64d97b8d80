package ai.qenex.web.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.Holds.Life;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A hold as it stands.
 *
 * @param status {@code open}, {@code captured}, {@code released} or {@code expired}
 * @param amount what it reserved at first
 * @param held what it still reserves
 * @param captured what captures took so far; what is neither held nor captured was given back
 * @param seq its place in the log
 */
public record HoldView(
    UUID id, String status, UUID account, Optional<UUID> beneficiary, String asset, String amount, String held,
    String captured, Instant placedAt, Instant expiresAt, long seq, Optional<String> reference) {

  static HoldView of(Life life, Function<AccountNumber, UUID> ids) {
    Hold now = life.now();
    Asset asset = now.placed().asset();
    return new HoldView(now.id(), now.status().code(), ids.apply(now.account()), now.beneficiary().map(ids),
        asset.code(), now.placed().toDecimalString(), decimal(now.held(), asset), decimal(now.captured(), asset),
        life.placed().bookedAt(), now.expiresAt(), life.placed().seq(), life.placed().reference());
  }

  private static String decimal(Amount amount, Asset asset) {
    return new Money(amount, asset).toDecimalString();
  }
}
