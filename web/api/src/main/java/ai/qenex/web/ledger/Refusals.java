package ai.qenex.web.ledger;

import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Refusal;
import ai.qenex.web.problem.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ledger's "no" as a problem: 422 with the clause as code and the figures that led to it. */
final class Refusals {

  private static final String TITLE = "The ledger refused";

  private Refusals() {}

  static Problem problemOf(Refusal refusal) {
    int status = isUnknown(refusal.clause()) ? 404 : 422;
    return new Problem(status, refusal.clause().name(), TITLE, sentenceOf(refusal.clause()),
        figuresOf(refusal));
  }

  private static boolean isUnknown(Clause clause) {
    return clause == Clause.ACCOUNT_NOT_FOUND || clause == Clause.HOLD_NOT_FOUND || clause == Clause.TRANSFER_NOT_FOUND;
  }

  /** The figure {@code status} of an account would hide behind the problem's own. */
  private static Map<String, Object> figuresOf(Refusal refusal) {
    var figures = new LinkedHashMap<String, Object>();
    refusal.figures().forEach((name, figure) -> figures.put(name.equals("status") ? "accountStatus" : name, figure));
    return figures;
  }

  private static String sentenceOf(Clause clause) {
    return switch (clause) {
      case EXCEEDS_AVAILABLE_BALANCE -> "the debit account has less available than was asked for";
      case ACCOUNT_FROZEN -> "the account is frozen for what was asked";
      case ACCOUNT_DORMANT -> "the account is dormant: an operator reactivates it before it is debited";
      case ACCOUNT_HAS_HOLDS -> "only an account without open holds can be closed";
      case HOLD_NOT_FOUND -> "there is no such hold";
      case HOLD_NOT_OPEN -> "the hold has ended";
      case HOLD_EXPIRED -> "the hold's time is over";
      case HOLD_EXPIRY_OUT_OF_RANGE -> "a hold expires in the future, and not too far ahead";
      case HOLD_NOT_DUE -> "the hold's time is not over yet";
      case EXCEEDS_HOLD -> "the hold reserves less than was asked for";
      case HOLD_BENEFICIARY_DIFFERS -> "the hold is for another account";
      case HOLD_BENEFICIARY_MISSING -> "neither hold nor capture name the account that is paid";
      case TRANSFER_NOT_FOUND -> "no transfer was posted under that id";
      case TRANSFER_ALREADY_REVERSED -> "the transfer was reversed before";
      case REVERSAL_NOT_REVERSIBLE -> "a reversal is not reversed: post the transfer again";
      case ACCOUNT_CLOSED -> "the account is closed";
      case ACCOUNT_NOT_FOUND -> "there is no such account";
      case SAME_ACCOUNT -> "debit and credit are one account";
      case ASSET_MISMATCH -> "the amount is not in the asset of both accounts";
      case BALANCE_OUT_OF_RANGE -> "a balance would need more than 38 digits";
      case BUSINESS_DATE_NOT_OPEN -> "the business date is not open";
      case BUSINESS_DATE_OUT_OF_ORDER -> "business dates open and close in their order";
      case PERIOD_CLOSED -> "the books are closed up to that date";
      case PERIOD_NOT_OVER -> "a period closes when all its business dates are closed";
      case LINKED_TRANSFER_REFUSED -> "another transfer of the group was refused, so none was posted";
      case ACCOUNT_NOT_EMPTY -> "only an account with a balance of zero can be closed";
      case ACCOUNT_STATE_FORBIDS -> "the account's status does not allow it";
      case BALANCE_BELOW_NEW_LIMIT -> "the balance is below the new limit";
      case ALIAS_TAKEN -> "another account has that alias";
      case ALIAS_RESERVED -> "the alias is kept for an internal account of the asset it ends with";
      case ASSET_NOT_FOUND -> "the asset is not registered";
      case LIMIT_NOT_APPLICABLE -> "an internal account has no overdraft limit";
      case INSUFFICIENT_FUNDS -> "the sources together hold less than is moved";
      case NOTHING_TO_MOVE -> "there is nothing to move";
      case CONVERTS_TO_NOTHING -> "so little converts to nothing";
      case SAME_ASSET -> "what is sold and what is bought is the same asset";
      case CONVERSION_ACCOUNT_MISSING -> "an account of the bank for conversions was never opened";
      case ASSET_TAKEN -> "the asset is registered already";
      case TOO_MANY_ASSETS -> "no more assets can be registered";
      case INSTRUCTION_REFUSED -> "a rule of the instruction refused it";
      case IDEMPOTENCY_KEY_REUSED -> "the id was used for another request";
      case ID_FROM_THE_FUTURE -> "the id is dated in the future: set your clock";
    };
  }
}
