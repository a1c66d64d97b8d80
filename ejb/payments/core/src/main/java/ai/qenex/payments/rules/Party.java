package ai.qenex.payments.rules;

import ai.qenex.kernel.Bic;
import ai.qenex.ledger.Account;

/** Who stands at one end of a payment. */
public sealed interface Party {

  /** The name of the account that reports and duplicate checks use. */
  String name();

  /** A customer with an account of ours. */
  record Ours(Account account) implements Party {

    @Override
    public String name() {
      return account.iban().map(Object::toString).or(account::alias).orElseGet(() -> account.id().toString());
    }
  }

  /** A customer of another bank, which we reach through clearing. */
  record Elsewhere(Bic bank, String name) implements Party {}
}
