package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Iban;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of an account besides its balance.
 *
 * <p>
 * An account that is not internal always has an overdraft limit, zero unless one was granted.
 *
 * @param id public id: that of the instruction that opened it
 * @param address the 20-byte chain address derived from the id, as {@code 0x} and 40 lower-case hex digits
 * @param owner the party it belongs to, 1 to 140 characters
 * @param alias a second name, unique in the bank, see {@link AccountRef#ALIAS_FORM}
 * @param overdraftLimit how far below zero the booked balance may go, in minor units, zero or more; empty: no floor at
 * all (internal accounts)
 */
public record Account(
    AccountNumber number, UUID id, String address, Optional<Iban> iban, Optional<String> alias, Asset asset,
    String owner,
    Product product, AccountStatus status, Optional<Amount> overdraftLimit) {

  private static final BigInteger LARGEST = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);

  /**
   * What a debit may take: booked balance less what is held plus the overdraft limit, all in minor units. It stops at
   * the largest and the smallest amount there is.
   */
  public Amount available(Amount booked, Amount held) {
    if (held.isZero() && overdraftLimit.isEmpty()) {
      return booked;
    }
    BigInteger limit = overdraftLimit.map(Amount::toBigInteger).orElse(BigInteger.ZERO);
    BigInteger exact = booked.toBigInteger().subtract(held.toBigInteger()).add(limit);
    return Amount.of(exact.min(LARGEST).max(LARGEST.negate()));
  }

  /** Whether the account may stand at a booked balance of which so much is held, in minor units. */
  public boolean allows(Amount booked, Amount held) {
    if (overdraftLimit.isEmpty()) {
      return true;
    }
    if (held.isZero()) {
      // below zero plus a limit cannot run out of digits; at or above zero every limit is kept
      return !booked.isNegative() || !booked.plus(overdraftLimit.get()).isNegative();
    }
    return booked.compareTo(floor(held).get()) >= 0;
  }

  /** The lowest booked balance while so much is held, both in minor units; empty: there is none. */
  public Optional<Amount> floor(Amount held) {
    return overdraftLimit.map(held::minus);
  }

  /** The same account with another status and overdraft limit. */
  public Account changed(AccountStatus newStatus, Optional<Amount> newLimit) {
    return new Account(number, id, address, iban, alias, asset, owner, product, newStatus, newLimit);
  }
}
