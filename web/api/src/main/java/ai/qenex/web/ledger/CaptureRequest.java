package ai.qenex.web.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * @param amount decimal in the asset's scale, above zero; absent: all that the hold still reserves
 * @param credit the account that is paid, if the hold names none
 * @param last JSON member {@code final}: whether what remains is given back
 * @param valueDate of the transfer
 */
public record CaptureRequest(
    Optional<String> id, Optional<String> amount, Optional<String> credit,
    @JsonProperty("final") Optional<Boolean> last,
    Optional<String> reference, Optional<String> valueDate) {}
