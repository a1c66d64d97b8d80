package ai.qenex.payments.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.rules.ReasonCode;
import ai.qenex.payments.service.PaymentStore.Ending;
import ai.qenex.settlement.ClearingCycles;
import ai.qenex.settlement.Obligation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Carries accepted payments through the ledger: submits their transfers and, in one transaction, moves them on and
 * records what other banks are owed (invariant {@code PAYMENT-1}).
 *
 * <p>
 * May be done by several at once and again at any time: the ledger answers an id the same way ever after, and only
 * payments that are still accepted move on, each under its row lock. Whoever comes second waits for the first one's
 * commit.
 */
final class Booking {

  /** The most payments of one submission and one transaction. */
  static final int MAX_CHUNK = 1_000;

  /** How often payments that stay under way are booked again. */
  private static final int MOST_ROUNDS = 3;

  private final Transactions transactions;
  private final Ledger ledger;
  private final ClearingCycles cycles;
  private final Own own;

  /** Our own part in it. */
  record Own(Bic bic, InstantSource clock) {}

  Booking(Transactions transactions, Ledger ledger, ClearingCycles cycles, Own own) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.cycles = cycles;
    this.own = own;
  }

  /** Books payments that are accepted and stored as such; at most {@value #MAX_CHUNK}. */
  void book(List<PaymentRow> accepted) {
    if (accepted.isEmpty()) {
      return;
    }
    List<Outcome> outcomes = ledger.submitAll(accepted.stream().map(Booking::instruction).toList());
    var endings = new ArrayList<Ending>(accepted.size());
    var obligations = new ArrayList<Obligation>();
    for (int i = 0; i < outcomes.size(); i++) {
      PaymentRow payment = accepted.get(i);
      Ending ending = ending(payment, outcomes.get(i));
      endings.add(ending);
      if (ending.status() == PaymentStatus.CLEARING) {
        obligations.add(obligation(payment, ending.businessDate().orElseThrow()));
      }
    }
    transactions.run(connection -> {
      var store = new PaymentStore(connection);
      Set<UUID> pending = store.lockPending(accepted.stream().map(PaymentRow::id).toList());
      obligations.removeIf(obligation -> !pending.contains(obligation.id()));
      if (!obligations.isEmpty()) {
        cycles.record(obligations);
      }
      store.end(endings.stream().filter(ending -> pending.contains(ending.id())).toList());
      return pending.size();
    });
  }

  /** Books what of the given payments is still under way. @return how many that were */
  int finish(Collection<UUID> ids) {
    var all = List.copyOf(ids);
    int unfinished = 0;
    for (int from = 0; from < all.size(); from += MAX_CHUNK) {
      List<UUID> chunk = all.subList(from, Math.min(all.size(), from + MAX_CHUNK));
      List<PaymentRow> pending =
          transactions.run(connection -> new PaymentStore(connection, transactions.personal()).pending(chunk));
      book(pending);
      unfinished += pending.size();
    }
    return unfinished;
  }

  /**
   * Books what is under way now; payments that arrive meanwhile are not waited for, so that steady traffic does not
   * hold it up.
   *
   * @return how many of those are under way still, normally none
   */
  int finishPending() {
    List<UUID> pending = transactions.run(connection -> new PaymentStore(connection).pendingIds());
    for (int round = 0; round < MOST_ROUNDS && !pending.isEmpty(); round++) {
      List<UUID> tried = pending;
      finish(tried);
      pending = transactions.run(connection -> new PaymentStore(connection).pendingIdsOf(tried));
    }
    return pending.size();
  }

  /**
   * The instruction is a function of the stored payment alone, so that it is the same each time. It names no business
   * date: the ledger books it into the current one, and says which that was.
   */
  private static PostTransfers instruction(PaymentRow payment) {
    return PostTransfers.of(new TransferOrder(payment.id(), payment.debtor().booked().orElseThrow(),
        payment.creditor().booked().orElseThrow(), payment.amount(),
        Optional.of(reference(payment)), Optional.empty(), Optional.empty()));
  }

  /**
   * What people write stays out of the log, which nobody can erase. Payments from before names were protected keep the
   * reference they may have been submitted with.
   */
  private static String reference(PaymentRow payment) {
    return payment.inClear() ? payment.remittance().orElse(payment.endToEndId()) : payment.endToEndId();
  }

  private Ending ending(PaymentRow payment, Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      return new Ending(payment.id(), PaymentStatus.REJECTED, Optional.empty(),
          Optional.of(reason(payment, refused.refusal())), own.clock().instant());
    }
    var posted = (TransferPosted) ((Outcome.Accepted) outcome).entries().get(0);
    PaymentStatus status = otherBank(payment).isPresent() ? PaymentStatus.CLEARING : PaymentStatus.BOOKED;
    return new Ending(payment.id(), status, Optional.of(posted.businessDate()), Optional.empty(), posted.bookedAt());
  }

  private Obligation obligation(PaymentRow payment, BusinessDate date) {
    Bic other = otherBank(payment).orElseThrow();
    boolean outgoing = bankOf(payment.creditor()).isPresent();
    return outgoing
        ? new Obligation(payment.id(), own.bic(), other, payment.amount(), date)
        : new Obligation(payment.id(), other, own.bic(), payment.amount(), date);
  }

  private Optional<Bic> otherBank(PaymentRow payment) {
    return bankOf(payment.creditor()).or(() -> bankOf(payment.debtor()));
  }

  private Optional<Bic> bankOf(PaymentRow.End end) {
    return end.agent().map(Bic::new).map(Bic::institution).filter(bic -> !bic.equals(own.bic()));
  }

  private static StatusReason reason(PaymentRow payment, Refusal refusal) {
    String path = payment.place().map(place -> CreditTransfer.pathOf(place.group(), place.number())).orElse("");
    return new StatusReason(ReasonCode.of(refusal.clause()).name(), path, detail(refusal));
  }

  private static String detail(Refusal refusal) {
    return switch (refusal.clause()) {
      case EXCEEDS_AVAILABLE_BALANCE -> "insufficient funds";
      case ACCOUNT_FROZEN -> "an account is frozen";
      case ACCOUNT_CLOSED -> "an account is closed";
      default -> "refused by the ledger: " + refusal.clause();
    };
  }
}
