package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReservedAliases;
import ai.qenex.security.Roles;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.SecurityContext;
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

  /** Code of the refusal of an account that the client may not move. */
  static final String RESERVED = "ACCOUNT_RESERVED";

  /** Who may post transfers of their own to an account. */
  enum Reserve {
    /** Whoever may post at all. */
    NONE,
    /** Operators: what stands on it is another bank's, or is what the bank traded. */
    OPERATORS,
    /** Nobody: its movement of a day has to be what the day's payments come to. */
    BANK;

    static Reserve of(Account account) {
      if (account.alias().filter(ReservedAliases::isClearing).isPresent()) {
        return BANK;
      }
      return account.alias().filter(ReservedAliases::isReserved).isPresent() ? OPERATORS : NONE;
    }
  }

  /** What a transfer needs to know of an account. */
  record Holder(AccountNumber number, UUID id, Reserve reserve, boolean internal) {

    static Holder of(Account account) {
      return new Holder(account.number(), account.id(), Reserve.of(account), account.product() == Product.INTERNAL);
    }

    /** Whether a client may post a transfer of its own to it. */
    boolean isOpenTo(SecurityContext client) {
      return switch (reserve) {
        case NONE -> true;
        case OPERATORS -> client.isUserInRole(Roles.OPERATOR);
        case BANK -> false;
      };
    }
  }

  /** Itself, without the container's proxy before it: for who asks for thousands of names. */
  KnownNames direct() {
    return this;
  }

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
      holders.put(text, Holder.of(found));
    });
    return account.map(Holder::of);
  }

  /**
   * One side of a transfer, however the client named it.
   *
   * @param path of the member that names it
   * @throws ProblemException 404 {@code ACCOUNT_NOT_FOUND}, 422 {@code ACCOUNT_RESERVED}
   */
  Holder party(String path, String text, SecurityContext client) {
    Holder holder = holder(text).orElseThrow(() -> new ProblemException(
        Problem.notFound("ACCOUNT_NOT_FOUND", "no account has that id, alias, IBAN or address").with("path", path)));
    if (!holder.isOpenTo(client)) {
      throw new ProblemException(Problem.of(422, RESERVED, "The account is reserved", holder.reserve() == Reserve.BANK
          ? "only payments and their settlement move a clearing account"
          : "only operators post to an account of that kind").with("path", path));
    }
    return holder;
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
