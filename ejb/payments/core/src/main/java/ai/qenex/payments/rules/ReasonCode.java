package ai.qenex.payments.rules;

import ai.qenex.ledger.Clause;

/** The codes of ISO 20022's {@code ExternalStatusReason1Code} that this bank uses, with their ISO names. */
public enum ReasonCode {
  /** IncorrectAccountNumber: wrong check digits, or no such account with us. */
  AC01,
  /** ClosedAccountNumber. */
  AC04,
  /** BlockedAccount: the account is frozen. */
  AC06,
  /** TransactionForbidden: this pair or kind of accounts may not pay by order of a customer. */
  AG01,
  /** TransactionNotSupported: a cheque, or charges for the creditor. */
  AG03,
  /** ZeroAmount. */
  AM01,
  /** NotAllowedAmount: above a limit. */
  AM02,
  /** NotAllowedCurrency: not a currency that can be paid in. */
  AM03,
  /** InsufficientFunds. */
  AM04,
  /** Duplication: the debtor used the end-to-end id before. */
  AM05,
  /** InvalidControlSum. */
  AM10,
  /** InvalidNumberOfTransactions. */
  AM18,
  /** ElementIsNotToBeUsedAtBAndCLevel: group and transaction contradict each other. */
  CH07,
  /** ElementContentFormallyIncorrect: characters that cannot be passed on. */
  CH16,
  /** DecimalPointsNotCompatibleWithCurrency. */
  CH20,
  /** IncorrectCurrency: not that of the account. */
  CURR,
  /** InvalidDate: the requested execution date is in the future or too far in the past. */
  DT01,
  /** DuplicatePayment: the message id was used before. */
  DUPL,
  /** InvalidFileFormat. */
  FF01,
  /** NotSpecifiedReasonAgentGenerated. */
  MS03,
  /** BankIdentifierIncorrect: the creditor's bank is missing or is not where the account is kept. */
  RC01;

  /** What a refusal of the ledger means to the customer. */
  public static ReasonCode of(Clause clause) {
    return switch (clause) {
      case EXCEEDS_AVAILABLE_BALANCE, INSUFFICIENT_FUNDS -> AM04;
      case ACCOUNT_FROZEN, ACCOUNT_DORMANT -> AC06;
      case ACCOUNT_CLOSED -> AC04;
      case ACCOUNT_NOT_FOUND -> AC01;
      case SAME_ACCOUNT -> AG01;
      case ASSET_MISMATCH -> CURR;
      case ASSET_NOT_FOUND -> AM03;
      case BALANCE_OUT_OF_RANGE -> AM02;
      case BUSINESS_DATE_NOT_OPEN, PERIOD_CLOSED, ID_FROM_THE_FUTURE -> DT01;
      case IDEMPOTENCY_KEY_REUSED -> DUPL;
      case BUSINESS_DATE_OUT_OF_ORDER, PERIOD_NOT_OVER, LINKED_TRANSFER_REFUSED, ACCOUNT_NOT_EMPTY,
          ACCOUNT_STATE_FORBIDS,
          BALANCE_BELOW_NEW_LIMIT, ALIAS_TAKEN, ALIAS_RESERVED,
          LIMIT_NOT_APPLICABLE, NOTHING_TO_MOVE, CONVERTS_TO_NOTHING, CONVERSION_ACCOUNT_MISSING,
          ASSET_TAKEN, TOO_MANY_ASSETS, INSTRUCTION_REFUSED, ACCOUNT_HAS_HOLDS, HOLD_NOT_FOUND,
          HOLD_NOT_OPEN, HOLD_EXPIRED, HOLD_EXPIRY_OUT_OF_RANGE, HOLD_NOT_DUE, EXCEEDS_HOLD,
          HOLD_BENEFICIARY_DIFFERS, HOLD_BENEFICIARY_MISSING, TRANSFER_NOT_FOUND, TRANSFER_ALREADY_REVERSED,
          REVERSAL_NOT_REVERSIBLE, SAME_ASSET ->
        MS03;
    };
  }
}
