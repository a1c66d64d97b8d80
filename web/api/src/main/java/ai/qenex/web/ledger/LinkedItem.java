package ai.qenex.web.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * One of several moves that are carried out as one, as a client writes it.
 *
 * @param type {@code transfer} (debit, credit, amount, asset, reference, valueDate), {@code hold} (account, amount,
 * asset, beneficiary, expiresAt, reference), {@code capture} (hold, amount, credit, final, reference, valueDate),
 * {@code release} (hold) or {@code reversal} (transfer, reference, valueDate); other members are refused
 * @param id idempotency id, a UUID; absent: derived from the key of the request and the item's place
 * @param hold an open one, or the id of a hold that an earlier item places
 * @param transfer a posted one
 */
public record LinkedItem(
    String type, Optional<String> id, Optional<String> debit, Optional<String> credit, Optional<String> amount,
    Optional<String> asset, Optional<String> account, Optional<String> beneficiary, Optional<String> expiresAt,
    Optional<String> hold, @JsonProperty("final") Optional<Boolean> last, Optional<String> transfer,
    Optional<String> reference, Optional<String> valueDate) {}
