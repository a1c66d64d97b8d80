package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * @param asset code of a registered asset
 * @param owner the party it belongs to, 1 to 140 characters
 * @param product {@code current}, {@code savings}, or {@code internal} (operators only)
 * @param alias a second name, unique in the bank: 1 to 64 letters, digits and {@code . : _ -}, a letter first
 * @param overdraftLimit how far below zero it may go, decimal in the asset's scale
 */
public record OpenAccountRequest(
    String asset,
    String owner,
    String product,
    Optional<String> alias,
    Optional<String> overdraftLimit) {}
