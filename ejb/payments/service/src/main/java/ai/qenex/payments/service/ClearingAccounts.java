package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The internal accounts {@code clearing.<ASSET>}, over which payments to and from other banks run; opened when first
 * needed.
 */
final class ClearingAccounts {

  private final Accounts accounts;
  private final Ledger ledger;
  private final UuidV7 ids;
  private final Bic bank;
  /** Product and asset of an account never change. */
  private final Map<Asset, AccountNumber> checked = new ConcurrentHashMap<>();

  ClearingAccounts(Accounts accounts, Ledger ledger, UuidV7 ids, Bic bank) {
    this.accounts = accounts;
    this.ledger = ledger;
    this.ids = ids;
    this.bank = bank;
  }

  /**
   * @throws QenexException as the ledger, or {@code CONFLICTING_STATE} if it cannot be opened or the alias names an
   * account that is not internal or of another asset
   */
  AccountNumber of(Asset asset) {
    return checked.computeIfAbsent(asset, this::findOrOpen);
  }

  private AccountNumber findOrOpen(Asset asset) {
    var ref = new AccountRef.ByAlias("clearing." + asset.code());
    Optional<Account> known = accounts.find(ref);
    if (known.isPresent()) {
      return check(known.get(), ref, asset);
    }
    Outcome outcome = ledger.submit(new OpenAccount(ids.next(), asset.code(), bank.code(), Product.INTERNAL,
        Optional.of(ref.alias()), Optional.empty()));
    // Refused if somebody else opened it meanwhile, which is as good.
    Account opened = accounts.find(ref).orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE,
        "the account " + ref.alias() + " cannot be opened: " + outcome));
    return check(opened, ref, asset);
  }

  private static AccountNumber check(Account found, AccountRef.ByAlias ref, Asset asset) {
    if (found.product() != Product.INTERNAL || !found.asset().equals(asset)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "the account " + ref.alias() + " must be internal and of " + asset.code() + ", but account "
              + found.number() + " of that name is " + found.product() + " and of " + found.asset().code());
    }
    return found.number();
  }
}
