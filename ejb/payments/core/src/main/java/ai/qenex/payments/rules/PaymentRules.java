package ai.qenex.payments.rules;

import ai.qenex.kernel.Money;
import ai.qenex.payments.PaymentOrder;
import ai.qenex.payments.initiation.AccountName;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import java.time.LocalDate;
import java.util.Optional;

/** Judges one payment as a whole; the first rule that is not kept decides. */
public final class PaymentRules {

  /** {@code EndToEndId} of a customer who has none; it may repeat. */
  public static final String NO_END_TO_END_ID = "NOTPROVIDED";

  private final AccountDirectory accounts;
  private final PartyRules parties;

  public PaymentRules(Bank bank, AccountDirectory accounts) {
    this.accounts = accounts;
    this.parties = new PartyRules(bank, accounts);
  }

  /** The account that a group of a file is to be paid from. */
  public Judgement<Party> debtorOf(InitiationGroup group) {
    return parties.ownDebtor(group.debtorAccount(), group.debtorAgent());
  }

  /** A credit transfer of a group that was found valid. */
  public Judgement<Plan> judge(InitiationGroup group, Party debtor, CreditTransfer transfer) {
    Optional<Fault> form = OrderRules.identifier(transfer.endToEndId(), Part.END_TO_END_ID)
        .or(() -> transfer.instructionId().flatMap(id -> OrderRules.identifier(id, Part.INSTRUCTION_ID)))
        .or(() -> OrderRules.text(transfer.creditorName(), Part.CREDITOR_NAME))
        .or(() -> transfer.remittance().flatMap(text -> OrderRules.text(text, Part.REMITTANCE)))
        .or(() -> OrderRules.chargeBearer(group.chargeBearer(), transfer.chargeBearer()));
    if (form.isPresent()) {
      return new Judgement.Failed<>(form.get());
    }
    return OrderRules.amount(transfer.amount(), accounts.asset(transfer.currency()))
        .then(amount -> parties.creditor(transfer.creditorAccount(), transfer.creditorAgent())
            .then(creditor -> plan(debtor, creditor, amount)));
  }

  /**
   * A single order, in or out.
   *
   * @param today the later of the bank's business date and the calendar's date
   */
  public Judgement<Plan> judge(PaymentOrder order, LocalDate today) {
    Optional<Fault> form = OrderRules.identifier(order.endToEndId(), Part.END_TO_END_ID)
        .or(() -> OrderRules.text(order.debtorName(), Part.DEBTOR_NAME))
        .or(() -> OrderRules.text(order.creditorName(), Part.CREDITOR_NAME))
        .or(() -> order.remittance().flatMap(text -> OrderRules.text(text, Part.REMITTANCE)))
        .or(() -> order.executionDate().flatMap(date -> OrderRules.executionDate(date, today)));
    if (form.isPresent()) {
      return new Judgement.Failed<>(form.get());
    }
    return OrderRules.limited(order.amount())
        .then(amount -> parties.debtor(Optional.of(named(order.debtor())), order.debtorAgent())
            .then(debtor -> parties.creditor(Optional.of(named(order.creditor())), order.creditorAgent())
                .then(creditor -> plan(debtor, creditor, amount))));
  }

  private Judgement<Plan> plan(Party debtor, Party creditor, Money amount) {
    return parties.pair(debtor, creditor)
        .then(pair -> OrderRules.currency(amount, debtor, creditor))
        .then(same -> Judgement.pass(new Plan(debtor, creditor, amount)));
  }

  /** What looks like an IBAN must be one. */
  private static AccountName named(String text) {
    return text.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}") ? AccountName.iban(text) : AccountName.other(text);
  }
}
