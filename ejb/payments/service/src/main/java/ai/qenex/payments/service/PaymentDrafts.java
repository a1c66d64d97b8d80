package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.AccountName;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.rules.Party;
import ai.qenex.payments.rules.Plan;
import ai.qenex.payments.service.PaymentRow.End;
import ai.qenex.payments.service.PaymentRow.Place;
import ai.qenex.payments.service.PaymentRow.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Makes the rows of payments that have just been judged. */
final class PaymentDrafts {

  private final ClearingAccounts clearing;

  PaymentDrafts(ClearingAccounts clearing) {
    this.clearing = clearing;
  }

  /** What is known of a payment before it is judged. */
  record Facts(UUID id, Optional<Place> place, String endToEndId, Optional<String> remittance, Instant receivedAt,
      Optional<String> fingerprint) {}

  /** The names a payment came with. */
  record Names(End debtor, End creditor) {}

  PaymentRow accepted(Facts facts, Names names, Plan plan, Instant at) {
    End debtor = end(names.debtor(), plan.debtor(), plan);
    End creditor = end(names.creditor(), plan.creditor(), plan);
    return new PaymentRow(facts.id(), facts.place(), facts.endToEndId(), plan.amount(), debtor, creditor,
        facts.remittance(), PaymentStatus.ACCEPTED, Optional.empty(),
        new Times(facts.receivedAt(), Optional.of(at), Optional.empty(), Optional.empty()), Optional.empty(),
        facts.fingerprint(), false);
  }

  PaymentRow rejected(Facts facts, Names names, Money amount, Refused refused) {
    return new PaymentRow(facts.id(), facts.place(), facts.endToEndId(), amount, names.debtor(), names.creditor(),
        facts.remittance(), PaymentStatus.REJECTED, Optional.of(refused.reason()),
        new Times(facts.receivedAt(), Optional.empty(), Optional.of(refused.at()), Optional.empty()), Optional.empty(),
        facts.fingerprint(), false);
  }

  /** Why and when. */
  record Refused(StatusReason reason, Instant at) {}

  static Names names(InitiationGroup group, CreditTransfer transfer) {
    return new Names(
        new End(group.debtorAccount().map(AccountName::text).orElse(""), group.debtorName(), group.debtorAgent(),
            Optional.empty()),
        new End(transfer.creditorAccount().map(AccountName::text).orElse(""), transfer.creditorName(),
            transfer.creditorAgent(),
            Optional.empty()));
  }

  /** An amount as written, for a payment that is refused: with as many decimals as it takes. */
  static Money asWritten(CreditTransfer transfer, Optional<Asset> asset) {
    var value = new BigDecimal(transfer.amount());
    int scale = Math.max(Math.max(value.stripTrailingZeros().scale(), 0), asset.map(Asset::scale).orElse(0));
    BigDecimal scaled = value.setScale(scale);
    if (scaled.precision() > Amount.MAX_DIGITS) {
      scaled = value.stripTrailingZeros().setScale(Math.max(value.stripTrailingZeros().scale(), 0));
    }
    return new Money(Amount.of(scaled.unscaledValue()), new Asset(transfer.currency(), scaled.scale()));
  }

  private End end(End named, Party party, Plan plan) {
    if (party instanceof Party.Ours ours) {
      return new End(party.name(), named.name().isEmpty() ? ours.account().owner() : named.name(), named.agent(),
          Optional.of(ours.account().number()));
    }
    AccountNumber over = clearing.of(plan.amount().asset());
    return new End(party.name(), named.name(), Optional.of(((Party.Elsewhere) party).bank().code()), Optional.of(over));
  }
}
