package ai.qenex.payments.rules;

import ai.qenex.kernel.Money;

/** A payment found valid: who pays whom how much. */
public record Plan(Party debtor, Party creditor, Money amount) {}
