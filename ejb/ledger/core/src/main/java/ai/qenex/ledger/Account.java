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
   * What a debit may take at a booked balance: that balance plus the overdraft limit, both in minor units. It stops at
   * the largest amount there is.
   */
  public Amount available(Amount booked) {
    return overdraftLimit.isEmpty()
        ? booked
        : Amount.of(booked.toBigInteger().add(overdraftLimit.get().toBigInteger()).min(LARGEST));
  }

  /** Whether the account may stand at a booked balance, in minor units. */
  public boolean allows(Amount booked) {
    // below zero plus a limit cannot run out of digits; at or above zero every limit is kept
    return !booked.isNegative() || overdraftLimit.isEmpty() || !booked.plus(overdraftLimit.get()).isNegative();
  }

  /** The same account with another status and overdraft limit. */
  public Account changed(AccountStatus newStatus, Optional<Amount> newLimit) {
    return new Account(number, id, address, iban, alias, asset, owner, product, newStatus, newLimit);
  }
}
