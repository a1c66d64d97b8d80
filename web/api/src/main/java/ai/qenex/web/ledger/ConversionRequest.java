package ai.qenex.web.ledger;

import java.util.Optional;

/**
 * A conversion as a client writes it. Exactly one of the two sides has an amount.
 *
 * @param rate bought units per sold unit before the spread, a plain decimal of at most 18 decimals
 * @param spread a percentage such as {@code 0.5%} or a fraction; none if absent
 * @param rounding of the side without an amount: {@code down}, {@code up}, {@code half-up} or {@code half-even};
 * against the customer if absent
 */
public record ConversionRequest(Optional<String> id, Side sell, Side buy, String rate, Optional<String> spread,
    Optional<String> rounding, Optional<String> reference, Optional<String> valueDate) {

  /**
   * @param account id, alias, IBAN or address
   * @param amount plain decimal in the account's asset
   */
  public record Side(String account, Optional<String> amount) {}
}
