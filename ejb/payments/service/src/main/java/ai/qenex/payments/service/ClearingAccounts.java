package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import java.util.Optional;

/**
 * The internal accounts {@code clearing.<ASSET>}, over which payments to and from other banks run; opened when first
 * needed.
 */
final class ClearingAccounts {

  private final Accounts accounts;
  private final Ledger ledger;
  private final UuidV7 ids;
  private final Bic bank;

  ClearingAccounts(Accounts accounts, Ledger ledger, UuidV7 ids, Bic bank) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.ids = ids;
    this.bank = bank;
  }

  /** @throws QenexException as the ledger, or {@code CONFLICTING_STATE} if it cannot be opened */
  AccountNumber of(Asset asset) {
    var ref = new AccountRef.ByAlias("clearing." + asset.code());
    Optional<AccountNumber> known = accounts.numberOf(ref);
    if (known.isPresent()) {
      return known.get();
    }
    Outcome outcome = ledger.submit(new OpenAccount(ids.next(), asset.code(), bank.code(), Product.INTERNAL,
        Optional.of(ref.alias()), Optional.empty()));
    // Refused if somebody else opened it meanwhile, which is as good.
    return accounts.numberOf(ref).orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE,
        "the account " + ref.alias() + " cannot be opened: " + outcome));
  }
}
