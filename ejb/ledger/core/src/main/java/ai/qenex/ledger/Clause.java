package ai.qenex.ledger;

/**
 * Why the ledger said no. The names are part of the public contract; the figures that led to a refusal travel beside
 * it.
 */
public enum Clause {
  /**
   * The debit would take the booked balance, less holds, below the floor. Figures: booked, held, overdraftLimit,
   * available, requested.
   */
  EXCEEDS_AVAILABLE_BALANCE,
  /** Frozen for what was asked: debits, credits or both. Figures: account. */
  ACCOUNT_FROZEN,
  /** A dormant account is reactivated before it is debited. Figures: account. */
  ACCOUNT_DORMANT,
  /** Figures: account. */
  ACCOUNT_CLOSED,
  /** Figures: account. */
  ACCOUNT_NOT_FOUND,
  /** Debit and credit are one account. */
  SAME_ACCOUNT,
  /** The amount's asset is not that of both accounts. Figures: asset, debitAsset, creditAsset. */
  ASSET_MISMATCH,
  /** A balance would need more than 38 digits. */
  BALANCE_OUT_OF_RANGE,
  /** The business date asked for is closed or not open yet. Figures: businessDate, openDates. */
  BUSINESS_DATE_NOT_OPEN,
  /**
   * The books are closed up to and including closedThrough: nothing is booked or value-dated there. Figures:
   * businessDate, valueDate, closedThrough; for a period itself: through, closedThrough.
   */
  PERIOD_CLOSED,
  /** A period closes when all its business dates are closed. Figures: through, firstOpenDate. */
  PERIOD_NOT_OVER,
  /**
   * A day opens only after the latest one, and closes only as the earliest of several open ones. Figures: businessDate,
   * openDates.
   */
  BUSINESS_DATE_OUT_OF_ORDER,
  /** Another transfer of the linked group was refused, so none was posted. Figures: refusedId, refusedCode. */
  LINKED_TRANSFER_REFUSED,
  /** An account is closed only at a balance of zero. Figures: booked. */
  ACCOUNT_NOT_EMPTY,
  /** An account is closed only without open holds. Figures: held. */
  ACCOUNT_HAS_HOLDS,
  /** The account's state does not allow the change asked for. Figures: status. */
  ACCOUNT_STATE_FORBIDS,
  /** The present balance, less holds, is below the new limit. Figures: booked, held, overdraftLimit. */
  BALANCE_BELOW_NEW_LIMIT,
  /** The alias belongs to another account. Figures: alias. */
  ALIAS_TAKEN,
  /** The alias is kept for internal accounts of the asset it ends with. Figures: alias. */
  ALIAS_RESERVED,
  /** The asset is not registered. Figures: asset. */
  ASSET_NOT_FOUND,
  /** An internal account has no overdraft limit. */
  LIMIT_NOT_APPLICABLE,
  /** The sources of an allocation together hold less than it moves. Figures: source, requested, funded. */
  INSUFFICIENT_FUNDS,
  /** There is nothing to move, so that nothing would be written. Figures: those of the instruction. */
  NOTHING_TO_MOVE,
  /** So little is converted that one side of it rounds to nothing. Figures: sell, buy. */
  CONVERTS_TO_NOTHING,
  /** A conversion sells and buys the same asset. Figures: asset. */
  SAME_ASSET,
  /** An account that the bank itself keeps for conversions was never opened. Figures: alias. */
  CONVERSION_ACCOUNT_MISSING,
  /** The asset is registered already. Figures: asset, scale. */
  ASSET_TAKEN,
  /** No more assets can be registered. Figures: limit. */
  TOO_MANY_ASSETS,
  /** A rule of an instruction that another context contributed. Figures: rule, and those of the rule. */
  INSTRUCTION_REFUSED,
  /** No hold has that id. Figures: hold. */
  HOLD_NOT_FOUND,
  /** The hold was captured, released or expired. Figures: hold, holdStatus. */
  HOLD_NOT_OPEN,
  /** The hold's time is over, so it can no longer be captured. Figures: hold, expiresAt. */
  HOLD_EXPIRED,
  /** A hold expires at once or too late. Figures: expiresAt, now, latest. */
  HOLD_EXPIRY_OUT_OF_RANGE,
  /** A hold expires only after its time. Never recorded: asked later it may be due. Figures: hold, expiresAt. */
  HOLD_NOT_DUE,
  /** More is to be captured than the hold still reserves. Figures: hold, held, requested. */
  EXCEEDS_HOLD,
  /** The capture pays another account than the hold is for. Figures: hold, beneficiary. */
  HOLD_BENEFICIARY_DIFFERS,
  /** Neither hold nor capture say which account is paid. Figures: hold. */
  HOLD_BENEFICIARY_MISSING,
  /** No transfer was posted under that id. Figures: transfer. */
  TRANSFER_NOT_FOUND,
  /** A transfer is undone at most once. Figures: transfer, reversal. */
  TRANSFER_ALREADY_REVERSED,
  /** A reversal is not undone: post the transfer again. Figures: transfer, reverses. */
  REVERSAL_NOT_REVERSIBLE,
  /** The id was used for another instruction. Never recorded: the id keeps its first answer. */
  IDEMPOTENCY_KEY_REUSED,
  /** A version 7 id from further in the future than clocks may differ. Never recorded. Figures: skewSeconds. */
  ID_FROM_THE_FUTURE;

  /** Whether a refusal is kept under its id, so that asking again gets it again. */
  public boolean isRecorded() {
    return this != IDEMPOTENCY_KEY_REUSED && this != ID_FROM_THE_FUTURE && this != HOLD_NOT_DUE;
  }
}
