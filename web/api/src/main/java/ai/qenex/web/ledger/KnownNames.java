package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names that were looked up before: an account never changes its number, id, alias, IBAN or address, and an asset never
 * its scale, so what was found once is found again without asking. What can change (status, limit, balance) is judged
 * by the ledger and not kept here.
 */
@ApplicationScoped
public class KnownNames {

  /** About 10 MB at most; a bank with more names in use starts afresh now and then. */
  private static final int MAX_NAMES = 50_000;

  @EJB private Accounts accounts;

  private final Map<String, Holder> holders = new ConcurrentHashMap<>();
  private final Map<String, Asset> assets = new ConcurrentHashMap<>();

  /** What a transfer needs to know of an account. */
  record Holder(AccountNumber number, UUID id) {}

  Optional<Holder> holder(String text) {
    Holder known = holders.get(text);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Account> account = AccountNames.refOf(text).flatMap(accounts::find);
    account.ifPresent(found -> {
      if (holders.size() >= MAX_NAMES) {
        holders.clear();
      }
      holders.put(text, new Holder(found.number(), found.id()));
    });
    return account.map(found -> new Holder(found.number(), found.id()));
  }

  /** @param path of the member that names it. @throws ProblemException 404 {@code ACCOUNT_NOT_FOUND} */
  Holder holder(String path, String text) {
    return holder(text).orElseThrow(() -> new ProblemException(
        Problem.notFound("ACCOUNT_NOT_FOUND", "no account has that id, alias, IBAN or address").with("path", path)));
  }

  Optional<Asset> asset(String code) {
    Asset known = assets.get(code);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Asset> asset = accounts.asset(code);
    asset.ifPresent(found -> assets.put(code, found));
    return asset;
  }
}
