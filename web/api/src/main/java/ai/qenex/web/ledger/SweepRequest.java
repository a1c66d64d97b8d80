package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * A sweep as a client writes it.
 *
 * @param to id, alias, IBAN or address of the account that gets it
 * @param keep what is left on the swept account; nothing if absent
 * @param upTo instead of {@code keep}: the balance of {@code to} that is to be reached
 */
public record SweepRequest(Optional<String> id, String to, Optional<String> keep, Optional<String> upTo,
    Optional<String> reference, Optional<String> valueDate) {}
