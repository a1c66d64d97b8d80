package ai.qenex.settlement.netting;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Bic;

/**
 * What one bank owes another, of one asset: a single obligation or the sum of many.
 *
 * @param amount in minor units, above zero
 */
public record Flow(Bic payer, Bic payee, Amount amount) {

  public Flow {
    if (payer.equals(payee)) {
      throw new IllegalArgumentException("a bank owes itself nothing");
    }
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a flow is more than zero");
    }
  }
}
