package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReservedAliases;
import ai.qenex.web.input.IdempotencyKey;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Opens the bank's own accounts for conversions of an asset before the first one. */
@ApplicationScoped
public class ConversionAccounts {

  private static final String OWNER = "Bank";

  @EJB private Ledger ledger;
  @EJB private Accounts accounts;

  /** If somebody else opens one meanwhile, his is as good: the ledger refuses the second. */
  void openMissing(List<Asset> assets) {
    for (Asset asset : assets) {
      for (String prefix : List.of(ReservedAliases.POSITION, ReservedAliases.CONVERSION_INCOME,
          ReservedAliases.ROUNDING)) {
        String alias = prefix + asset.code();
        if (accounts.find(new AccountRef.ByAlias(alias)).isEmpty()) {
          ledger.submit(new OpenAccount(IdempotencyKey.newId(), asset.code(), OWNER, Product.INTERNAL,
              Optional.of(alias), Optional.empty()));
        }
      }
    }
  }
}
