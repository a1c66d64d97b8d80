package ai.qenex.payments.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.payments.Payment;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A payment as it is stored. Its id is also that of its ledger transfer and of its obligation.
 *
 * @param fingerprint of a single order
 * @param inClear whether its names were stored before names were protected
 */
record PaymentRow(
    UUID id, Optional<Place> place, String endToEndId, Money amount, End debtor, End creditor,
    Optional<String> remittance, PaymentStatus status, Optional<StatusReason> reason, Times times,
    Optional<BusinessDate> businessDate, Optional<String> fingerprint, boolean inClear) {

  /**
   * Where in which file it stood.
   *
   * @param number position in its group, from 1
   * @param index position in the file, from 0
   */
  record Place(UUID file, int group, int number, int index, Optional<String> instructionId, Optional<String> uetr) {}

  /**
   * One end of it.
   *
   * @param account IBAN or other name
   * @param agent BIC of the bank, as ordered; of a bank elsewhere always there once accepted
   * @param booked the ledger account that is moved for it: its own, or clearing
   */
  record End(String account, String name, Optional<String> agent, Optional<AccountNumber> booked) {}

  /** When it took its steps. */
  record Times(Instant received, Optional<Instant> accepted, Optional<Instant> ended, Optional<Instant> settled) {}

  Payment toPayment() {
    boolean posted = businessDate.isPresent();
    return new Payment(id, place.map(Place::file), endToEndId, amount, debtor.account(), creditor.account(),
        debtor.agent(), creditor.agent(), remittance, status, reason, posted ? Optional.of(id) : Optional.empty(),
        businessDate, history());
  }

  /** The same payment refused. */
  PaymentRow rejected(StatusReason why, Instant at) {
    return new PaymentRow(id, place, endToEndId, amount, debtor, creditor, remittance, PaymentStatus.REJECTED,
        Optional.of(why), new Times(times.received(), times.accepted(), Optional.of(at), Optional.empty()),
        Optional.empty(), fingerprint, inClear);
  }

  private List<Payment.Step> history() {
    var steps = new ArrayList<Payment.Step>();
    steps.add(step(PaymentStatus.RECEIVED, times.received()));
    times.accepted().ifPresent(at -> steps.add(step(PaymentStatus.ACCEPTED, at)));
    times.ended().ifPresent(at -> {
      PaymentStatus ended = status == PaymentStatus.SETTLED ? PaymentStatus.CLEARING : status;
      steps.add(new Payment.Step(ended, at, reason));
    });
    times.settled().ifPresent(at -> steps.add(step(PaymentStatus.SETTLED, at)));
    return steps;
  }

  private static Payment.Step step(PaymentStatus status, Instant at) {
    return new Payment.Step(status, at, Optional.empty());
  }
}
