package ai.qenex.web.input;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;

/** The texts by which clients name accounts. */
public final class AccountNames {

  private AccountNames() {}

  /** The reference a text stands for; empty if it has none of their forms. */
  public static Optional<AccountRef> refOf(String text) {
    return Values.isUuid(text) ? Optional.of(new AccountRef.ById(UUID.fromString(text))) : AccountRef.parse(text);
  }

  /** @throws ProblemException 404 {@code ACCOUNT_NOT_FOUND} */
  public static Account find(Accounts accounts, String text) {
    return refOf(text).flatMap(accounts::find).orElseThrow(() -> new ProblemException(notFound()));
  }

  private static Problem notFound() {
    return Problem.notFound("ACCOUNT_NOT_FOUND", "no account has that id, alias, IBAN or address");
  }
}
