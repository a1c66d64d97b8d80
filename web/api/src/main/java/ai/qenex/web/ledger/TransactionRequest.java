package ai.qenex.web.ledger;

import ai.qenex.web.json.ExactNumber;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The published shape of a transfer.
 *
 * @param from account to debit
 * @param to account to credit
 * @param amount decimal string or JSON number, read exactly
 * @param token code of the asset
 * @param optimize taken note of; every transfer takes the one way there is
 */
public record TransactionRequest(
    String from,
    String to,
    @Schema(type = SchemaType.NUMBER, example = "100.50") ExactNumber amount,
    String token,
    Optional<Boolean> optimize) {}
