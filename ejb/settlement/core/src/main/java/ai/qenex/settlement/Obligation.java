package ai.qenex.settlement;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.util.UUID;

/**
 * One bank owes another an amount on a business date.
 *
 * @param id of the payment it comes from; recorded once
 * @param amount above zero
 */
public record Obligation(UUID id, Bic payer, Bic payee, Money amount, BusinessDate businessDate) {

  public Obligation {
    payer = payer.institution();
    payee = payee.institution();
    if (payer.equals(payee)) {
      throw new IllegalArgumentException("a bank owes itself nothing");
    }
    if (!amount.amount().isPositive()) {
      throw new IllegalArgumentException("an obligation is more than zero");
    }
  }
}
