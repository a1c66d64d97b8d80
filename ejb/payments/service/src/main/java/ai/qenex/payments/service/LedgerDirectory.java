package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.payments.rules.AccountDirectory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the rules ask of the ledger; assets are remembered, as they never change. For one thread. */
final class LedgerDirectory implements AccountDirectory {

  private static final int MAX_REMEMBERED = 1_000;

  private final Accounts accounts;
  private final Map<String, Optional<Asset>> assets = new HashMap<>();

  LedgerDirectory(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<Account> account(AccountRef ref) {
    return accounts.find(ref);
  }

  @Override
  public Optional<Asset> asset(String code) {
    if (assets.size() >= MAX_REMEMBERED) {
      assets.clear();
    }
    return assets.computeIfAbsent(code, accounts::asset);
  }
}
