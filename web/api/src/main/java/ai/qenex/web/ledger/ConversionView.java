package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import java.util.List;
import java.util.UUID;

/**
 * A conversion that was carried out.
 *
 * @param margin what the bank earned
 * @param residue what rounding left to its account; below zero, what that account gave
 */
public record ConversionView(UUID id, Part sell, Part buy, String rate, Part margin, Part residue,
    List<TransferView> transfers) {

  public record Part(String amount, String asset) {

    static Part of(Money money) {
      return new Part(money.toDecimalString(), money.asset().code());
    }
  }
}
