package ai.qenex.payments.rules;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountRef;
import java.util.Optional;

/** What the rules need to know of our accounts. */
public interface AccountDirectory {

  Optional<Account> account(AccountRef ref);

  Optional<Asset> asset(String code);
}
