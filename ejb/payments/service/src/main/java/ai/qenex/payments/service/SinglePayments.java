package ai.qenex.payments.service;

import ai.qenex.ledger.BusinessDays;
import ai.qenex.payments.PaymentOrder;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.Payments.Submission;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.rules.Judgement;
import ai.qenex.payments.rules.PaymentRules;
import ai.qenex.payments.rules.Plan;
import ai.qenex.payments.service.PaymentDrafts.Facts;
import ai.qenex.payments.service.PaymentDrafts.Names;
import ai.qenex.payments.service.PaymentDrafts.Refused;
import ai.qenex.payments.service.PaymentRow.End;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Judges, stores and books single payments, in and out. */
final class SinglePayments {

  private final Transactions transactions;
  private final Booking booking;
  private final BusinessDays days;
  private final FileJudge.Bench bench;

  SinglePayments(Transactions transactions, Booking booking, BusinessDays days, FileJudge.Bench bench) {
    this.transactions = transactions;
    this.booking = booking;
    this.days = days;
    this.bench = bench;
  }

  /** See {@link ai.qenex.payments.Payments#submit}. */
  Submission submit(PaymentOrder order) {
    String fingerprint = fingerprint(order);
    Optional<PaymentRow> known = find(order.id());
    if (known.isPresent()) {
      return repeated(known.get(), fingerprint);
    }
    PaymentRow judged = judge(order, fingerprint);
    PaymentRow stored = transactions.run(connection -> {
      var store = new PaymentStore(connection, transactions.personal());
      if (!store.insert(List.of(judged)).isEmpty()) {
        return judged;
      }
      Optional<PaymentRow> meanwhile = store.find(order.id());
      if (meanwhile.isPresent()) {
        return meanwhile.get();
      }
      PaymentRow duplicate = judged.rejected(FileProcessing.duplicate(judged), bench.clock().instant());
      store.insert(List.of(duplicate));
      return duplicate;
    });
    if (!stored.fingerprint().equals(Optional.of(fingerprint))) {
      return new Submission.IdReused(order.id());
    }
    return new Submission.Known(booked(stored).toPayment(), false);
  }

  Optional<PaymentRow> find(UUID id) {
    return transactions.run(connection -> new PaymentStore(connection, transactions.personal()).find(id));
  }

  private Submission repeated(PaymentRow known, String fingerprint) {
    return known.fingerprint().equals(Optional.of(fingerprint))
        ? new Submission.Known(booked(known).toPayment(), true)
        : new Submission.IdReused(known.id());
  }

  private PaymentRow booked(PaymentRow stored) {
    if (stored.status() != PaymentStatus.ACCEPTED) {
      return stored;
    }
    booking.book(List.of(stored));
    return find(stored.id()).orElse(stored);
  }

  private PaymentRow judge(PaymentOrder order, String fingerprint) {
    Instant now = bench.clock().instant();
    var rules = new PaymentRules(bench.bank(), new LedgerDirectory(bench.accounts()));
    var facts =
        new Facts(order.id(), Optional.empty(), order.endToEndId(), order.remittance(), now, Optional.of(fingerprint));
    var names = new Names(new End(order.debtor(), order.debtorName(), order.debtorAgent(), Optional.empty()),
        new End(order.creditor(), order.creditorName(), order.creditorAgent(), Optional.empty()));
    Judgement<Plan> judgement = rules.judge(order, FileIntake.today(days, bench.clock()));
    if (judgement instanceof Judgement.Passed<Plan> passed) {
      return bench.drafts().accepted(facts, names, passed.finding(), now);
    }
    StatusReason reason = ((Judgement.Failed<Plan>) judgement).fault().inOrder();
    return bench.drafts().rejected(facts, names, order.amount(), new Refused(reason, now));
  }

  /** SHA-256 over everything that was ordered; lengths keep neighbours apart. */
  private static String fingerprint(PaymentOrder order) {
    var text = new StringBuilder();
    for (Object part : List.of(order.endToEndId(), order.amount(), order.debtor(), order.debtorAgent(),
        order.debtorName(),
        order.creditor(), order.creditorAgent(), order.creditorName(), order.remittance(), order.executionDate())) {
      String written = part.toString();
      text.append(written.length()).append(':').append(written);
    }
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
