package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Iban;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of an account besides its balance.
 *
 * @param id public id: that of the instruction that opened it
 * @param address the 20-byte chain address derived from the id, as {@code 0x} and 40 lower-case hex digits
 * @param owner the party it belongs to, 1 to 140 characters
 * @param alias a second name, unique in the bank, see {@link AccountRef#ALIAS_FORM}
 * @param overdraftLimit how far below zero the booked balance may go, in minor units, zero or more; empty: no floor at all (internal accounts)
 */
public record Account(
    AccountNumber number, UUID id, String address, Optional<Iban> iban, Optional<String> alias, Asset asset, String owner,
    Product product, AccountStatus status, Optional<Amount> overdraftLimit) {}
