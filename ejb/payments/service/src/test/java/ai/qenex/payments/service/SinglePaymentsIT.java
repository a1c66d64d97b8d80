package ai.qenex.payments.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Product;
import ai.qenex.payments.Payment;
import ai.qenex.payments.PaymentOrder;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.Payments.Submission;
import ai.qenex.payments.StatusReason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinglePaymentsIT {

  private static final String FOREIGN = "DE89370400440532013000";
  private static PaymentsDatabase database;

  private FakeBank bank;
  private FakeCycles cycles;
  private SinglePayments payments;
  private Account ann;
  private Account bob;
  private Workshop workshop;

  @BeforeAll
  static void start() {
    database = new PaymentsDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void open() {
    database.empty();
    bank = new FakeBank("2027-02-26");
    cycles = new FakeCycles();
    ann = bank.customer(FakeBank.EUR, "Ann", 10_000);
    bob = bank.customer(FakeBank.EUR, "Bob", 0);
    var origins = new FileIntake.Origins(new UuidV7(() -> FakeBank.START, new Random(1)), () -> FakeBank.START);
    workshop = new Workshop(database, new Workshop.Neighbours(bank, bank, bank, bank, cycles),
        new PaymentsConfig(PaymentsConfig.of(name -> "").bank(), Path.of("target/files"), 1_000_000, 1, 10), origins);
    payments = workshop.singles();
  }

  @Test
  void booksBetweenOurAccountsAndTellsItsLife() {
    Payment payment = known(payments.submit(order(1, "E-1", 2_500, iban(ann), iban(bob))));
    assertEquals(PaymentStatus.BOOKED, payment.status());
    assertEquals(Optional.of(payment.id()), payment.transferId());
    assertEquals(List.of(PaymentStatus.RECEIVED, PaymentStatus.ACCEPTED, PaymentStatus.BOOKED),
        payment.history().stream().map(Payment.Step::status).toList());
    assertEquals("25.00 EUR", new Money(bank.bookedOf(bob), FakeBank.EUR).toString());
  }

  @Test
  void answersTheSameIdOnceAndRefusesItForAnotherOrder() {
    PaymentOrder order = order(1, "E-1", 2_500, iban(ann), iban(bob));
    Payment first = known(payments.submit(order));
    var again = assertInstanceOf(Submission.Known.class, payments.submit(order));
    assertTrue(again.repeated());
    assertEquals(first, again.payment());
    assertInstanceOf(Submission.IdReused.class, payments.submit(order(1, "E-1", 2_501, iban(ann), iban(bob))));
    assertEquals(1, bank.transfers().size());
  }

  @Test
  void takesPaymentsFromOtherBanksOverClearing() {
    var order = new PaymentOrder(id(1), "IN-1", Money.ofMinorUnits(700, FakeBank.EUR), FOREIGN,
        Optional.of("COBADEFFXXX"), "Them",
        iban(bob), Optional.empty(), "Bob", Optional.empty(), Optional.empty());
    assertEquals(PaymentStatus.CLEARING, known(payments.submit(order)).status());
    var obligation = cycles.obligations.values().iterator().next();
    assertEquals(new Bic("COBADEFF"), obligation.payer());
    assertEquals(new Bic("QENXDEFF"), obligation.payee());
    assertEquals("-7.00 EUR", bank.byOwner().get("clearing.EUR").toString());
  }

  @Test
  void refusesWithAReasonAndThePathOfTheMember() {
    assertEquals(new StatusReason("AC01", "/creditor", "no such account: nobody"),
        known(payments.submit(order(1, "E-1", 100, iban(ann), "nobody"))).reason().orElseThrow());
    assertEquals("AM04",
        known(payments.submit(order(2, "E-2", 99_999, iban(ann), iban(bob)))).reason().orElseThrow().code());
    known(payments.submit(order(3, "E-3", 100, iban(ann), iban(bob))));
    assertEquals("AM05",
        known(payments.submit(order(4, "E-3", 100, iban(ann), iban(bob)))).reason().orElseThrow().code());
    known(payments.submit(order(5, "E-5", 100, iban(ann), FOREIGN)));
    assertEquals("AG01",
        known(payments.submit(order(6, "E-6", 100, iban(ann), iban(ann)))).reason().orElseThrow().code());
  }

  @Test
  void finishesAPaymentThatWasLeftBehindWhenItIsSubmittedAgain() {
    PaymentOrder order = order(1, "E-1", 2_500, iban(ann), iban(bob));
    bank.beforeAnswer(() -> {
      throw new IllegalStateException("crash");
    });
    assertThrows(IllegalStateException.class, () -> payments.submit(order));
    bank.beforeAnswer(() -> {});
    assertEquals(PaymentStatus.ACCEPTED, payments.find(order.id()).orElseThrow().status());
    assertEquals(PaymentStatus.BOOKED, known(payments.submit(order)).status());
    assertEquals(1, bank.transfers().size());
  }

  @Test
  void endsWhatWasUnderWayAtTheCutOffWhileMorePaymentsKeepArriving() {
    var arrived = new AtomicInteger();
    leaveUnderWay(arrived.incrementAndGet());
    leaveUnderWay(arrived.incrementAndGet());
    bank.openNext(bank.current());
    bank.beforeAnswer(() -> leaveUnderWay(arrived.incrementAndGet()));
    assertEquals(0, workshop.booking().finishPending());
    assertEquals(PaymentStatus.BOOKED, payments.find(id(1)).orElseThrow().status());
    assertEquals(PaymentStatus.BOOKED, payments.find(id(2)).orElseThrow().status());
    assertEquals(3, arrived.get());
    assertEquals(PaymentStatus.ACCEPTED, payments.find(id(3)).orElseThrow().status());
  }

  /** A payment that is accepted and stored; its booking breaks down, and what happens before answers stays so. */
  private void leaveUnderWay(int number) {
    Runnable before = bank.beforeAnswer(() -> {
      throw new IllegalStateException("crash");
    });
    PaymentOrder order = order(number, "E-" + number, 100, iban(ann), iban(bob));
    assertThrows(IllegalStateException.class, () -> payments.submit(order));
    bank.beforeAnswer(before);
  }

  @Test
  void refusesAClearingAccountThatIsACustomersOrOfAnotherAsset() {
    Account taken = bank.open(FakeBank.EUR, "Ann", Product.CURRENT, Optional.of("clearing.EUR"));
    var fault = assertThrows(QenexException.class,
        () -> payments.submit(order(1, "E-1", 100, iban(ann), FOREIGN, Optional.of("COBADEFF"))));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertEquals("the account clearing.EUR must be internal and of EUR, but account " + taken.number()
        + " of that name is CURRENT and of EUR", fault.getMessage());
    assertEquals(Optional.empty(), payments.find(id(1)));
    Account yen = bank.customer(FakeBank.JPY, "Yen", 1_000);
    bank.open(FakeBank.EUR, "QENXDEFF", Product.INTERNAL, Optional.of("clearing.JPY"));
    var other =
        new PaymentOrder(id(2), "E-2", Money.ofMinorUnits(100, FakeBank.JPY), iban(yen), Optional.empty(), "Yen",
            FOREIGN, Optional.of("COBADEFF"), "Them", Optional.empty(), Optional.empty());
    assertEquals(ErrorCode.CONFLICTING_STATE,
        assertThrows(QenexException.class, () -> payments.submit(other)).code());
  }

  private List<String> texts(String column) {
    return database.run(connection -> {
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("select distinct " + column + "::text from payments.payment order by 1")) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    });
  }

  private <T> T inStore(StoreWork<T> work) {
    return database.run(connection -> work.in(new PaymentStore(connection, database.personal())));
  }

  private int protectedAnew(int limit) {
    return inStore(store -> store.protectAnew(limit));
  }

  private interface StoreWork<T> {
    T in(PaymentStore store) throws SQLException;
  }

  /** DATA-1: no name is stored in clear, and it is found all the same, whatever key it was protected by. */
  @Test
  void protectsNamesFindsThemAndFollowsTheDataKey() {
    known(payments.submit(order(1, "E-1", 100, iban(ann), iban(bob))));
    assertEquals(1, texts("debtor_name").size());
    assertEquals(java.util.Collections.singletonList(null), texts("debtor_name || creditor_name || remittance"));
    String row = String.join("", texts("payment"));
    for (String personal : List.of("Ann", "Bob", "416e6e", "426f62")) {
      assertFalse(row.contains(personal), personal + " in " + row);
    }
    assertEquals("Ann", inStore(store -> store.find(id(1))).orElseThrow().debtor().name());
    assertEquals(List.of(id(1)), inStore(store -> store.byParty(" BOB ", 10)).stream().map(PaymentRow::id).toList());
    assertEquals(List.of(), inStore(store -> store.byParty("Bobby", 10)));

    database.rotateTo(FakeVault.cipher(1, 2));
    known(payments.submit(order(2, "E-2", 100, iban(ann), iban(bob))));
    assertEquals(List.of("1", "2"), texts("personal_epoch"));
    assertEquals(2, inStore(store -> store.byParty("Ann", 10)).size());
    assertEquals(1, protectedAnew(10));
    assertEquals(0, protectedAnew(10));
    assertEquals(List.of("2"), texts("personal_epoch"));

    database.rotateTo(FakeVault.cipher(2));
    assertEquals("Ann", inStore(store -> store.find(id(1))).orElseThrow().debtor().name());
    database.rotateTo(FakeVault.cipher(3));
    assertEquals(PersonalPart.ERASED, inStore(store -> store.find(id(1))).orElseThrow().debtor().name());
    assertEquals(Money.ofMinorUnits(100, FakeBank.EUR), inStore(store -> store.find(id(1))).orElseThrow().amount());
    database.rotateTo(FakeVault.cipher(1));
  }

  /** Rows from before names were protected are read as they are, and protected step by step. */
  @Test
  void protectsWhatWasInClearInBoundedSteps() {
    for (int number = 1; number <= 5; number++) {
      known(payments.submit(order(number, "E-" + number, 100, iban(ann), iban(bob))));
    }
    database.execute("update payments.payment set debtor_name = 'Ann Old', creditor_name = 'Bob Old',"
        + " remittance = 'rent', personal = null, personal_epoch = null, debtor_name_index = null,"
        + " creditor_name_index = null");
    PaymentRow old = inStore(store -> store.find(id(3))).orElseThrow();
    assertEquals("Ann Old", old.debtor().name());
    assertTrue(old.inClear());
    assertEquals(2, protectedAnew(2));
    assertEquals(2, protectedAnew(2));
    assertEquals(1, protectedAnew(2));
    assertEquals(java.util.Collections.singletonList(null), texts("debtor_name"));
    PaymentRow row = inStore(store -> store.find(id(3))).orElseThrow();
    assertEquals(Optional.of("rent"), row.remittance());
    assertFalse(row.inClear());
    assertEquals(5, inStore(store -> store.byParty("ann old", 10)).size());
    assertThrows(IllegalStateException.class,
        () -> database.execute("update payments.payment set debtor_name = 'Ann' where id = '" + id(1) + "'"));
  }

  private static Payment known(Submission submission) {
    return assertInstanceOf(Submission.Known.class, submission).payment();
  }

  private static PaymentOrder order(long id, String endToEndId, long cents, String from, String to) {
    return order(id, endToEndId, cents, from, to, Optional.empty());
  }

  private static PaymentOrder order(long id, String endToEndId, long cents, String from, String to,
      Optional<String> agent) {
    return new PaymentOrder(id(id), endToEndId, Money.ofMinorUnits(cents, FakeBank.EUR), from, Optional.empty(), "Ann",
        to, agent, "Bob", Optional.of("for you"), Optional.empty());
  }

  private static UUID id(long id) {
    return UuidV7.of(FakeBank.START.toEpochMilli(), 9, id);
  }

  private static String iban(Account account) {
    return account.iban().orElseThrow().value();
  }
}
