package ai.qenex.payments.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.payments.PaymentFile;
import ai.qenex.payments.PaymentFile.Status;
import ai.qenex.payments.PaymentFiles.Receipt;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.iso20022.Iso20022Message;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PaymentFilesIT {

  private static final String DAY = "2027-02-26";
  private static final String FOREIGN = "DE89370400440532013000";
  private static final Bic US = new Bic("QENXDEFF");
  private static final Bic THEM = new Bic("COBADEFF");
  private static PaymentsDatabase database;

  private FakeBank bank;
  private FakeCycles cycles;
  private Workshop workshop;
  private Account payer;
  private Account payee;

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
    openBank(1_000_000);
  }

  private void openBank(long cents) {
    database.empty();
    bank = new FakeBank(DAY);
    cycles = new FakeCycles();
    payer = bank.customer(FakeBank.EUR, "Payer", cents);
    payee = bank.customer(FakeBank.EUR, "Payee", 0);
    var config = PaymentsConfig.of(name -> "");
    var random = new Random(1);
    var origins = new FileIntake.Origins(new UuidV7(() -> FakeBank.START, random), () -> FakeBank.START);
    workshop = new Workshop(database, new Workshop.Neighbours(bank, bank, bank, bank, cycles),
        new PaymentsConfig(config.bank(), Path.of("target/files"), 100_000_000, 1, 10), origins);
  }

  @Test
  void booksPaymentsInTheBankAndOwesThoseToOtherBanks() {
    PaymentFile file = receive(new SampleFile("M-1").group("G-1", ibanOf(payer), DAY)
        .pay("E-1", "100.25 EUR", ibanOf(payee), "")
        .pay("E-2", "250.50 EUR", FOREIGN, "COBADEFFXXX"));
    assertEquals(Status.RECEIVED, file.status());
    assertEquals(2, file.payments());
    workshop.processing(Thread::new).process(file.id());
    assertEquals(Map.of("Payer", "9649.25 EUR", "Payee", "100.25 EUR", "clearing.EUR", "250.50 EUR"), balances());
    assertEquals(Map.of("E-1", "BOOKED", "E-2", "CLEARING"), statuses(file.id()));
    var obligation = cycles.obligations.values().iterator().next();
    assertEquals(US, obligation.payer());
    assertEquals(THEM, obligation.payee());
    assertEquals(BusinessDate.parse(DAY), obligation.businessDate());
    assertEquals("250.50 EUR", obligation.amount().toString());
    PaymentFile done = find(file.id());
    assertEquals(Status.FINISHED, done.status());
    assertEquals(Map.of(PaymentStatus.BOOKED, 1, PaymentStatus.CLEARING, 1), done.byStatus());
  }

  @Test
  void refusesWhatIsWrongWithItsReasonAndBooksTheRest() {
    Account frozen = bank.customer(FakeBank.EUR, "Frozen", 0);
    bank.status(frozen, AccountStatus.FROZEN);
    Account closed = bank.customer(FakeBank.EUR, "Closed", 0);
    bank.status(closed, AccountStatus.CLOSED);
    Account yen = bank.customer(FakeBank.JPY, "Yen", 1_000);
    Account poor = bank.customer(FakeBank.EUR, "Poor", 50);
    PaymentFile file = receive(new SampleFile("M-2").group("G-1", ibanOf(payer), DAY)
        .pay("good", "1.00 EUR", ibanOf(payee), "QENXDEFFXXX")
        .pay("digits", "1.00 EUR", "DE88370400440532013000", "COBADEFF")
        .pay("nobody", "1.00 EUR", "DE31500999000000000999", "")
        .pay("frozen", "1.00 EUR", ibanOf(frozen), "")
        .pay("closed", "1.00 EUR", ibanOf(closed), "")
        .pay("agentless", "1.00 EUR", FOREIGN, "")
        .pay("country", "1.00 EUR", FOREIGN, "COBAXXFF")
        .pay("elsewhere", "1.00 EUR", ibanOf(payee), "COBADEFF")
        .pay("zero", "0.00 EUR", ibanOf(payee), "")
        .pay("decimals", "1.001 EUR", ibanOf(payee), "")
        .pay("unknown", "1.00 XTS", ibanOf(payee), "")
        .pay("coin", "1.00 QXC", ibanOf(payee), "")
        .pay("currency", "1 JPY", ibanOf(payee), "")
        .pay("yen", "1.00 EUR", ibanOf(yen), "")
        .pay("much", "9999999999.99 EUR", ibanOf(payee), "")
        .pay("funds", "999999.99 EUR", ibanOf(payee), "")
        .pay("good", "1.00 EUR", ibanOf(payee), "")
        .pay("bad/", "1.00 EUR", ibanOf(payee), "")
        .pay("self", "1.00 EUR", ibanOf(payer), "")
        .group("G-2", ibanOf(poor), "2027-02-27").pay("future", "1.00 EUR", ibanOf(payee), "")
        .group("G-3", ibanOf(poor), "2027-01-26").pay("past", "1.00 EUR", ibanOf(payee), "")
        .group("G-4", ibanOf(frozen), DAY).pay("ice", "1.00 EUR", ibanOf(payee), "")
        .group("G-5", FOREIGN, DAY).pay("theirs", "1.00 EUR", ibanOf(payee), "")
        .group("G-6", ibanOf(poor), DAY).pay("last", "0.50 EUR", ibanOf(payee), ""));
    workshop.processing(Thread::new).process(file.id());
    var expected = new TreeMap<>(Map.of("good", "BOOKED", "last", "BOOKED"));
    expected.putAll(
        Map.of("digits", "AC01", "nobody", "AC01", "frozen", "AC06", "closed", "AC04", "agentless", "RC01", "country",
            "RC01", "elsewhere", "RC01", "zero", "AM01", "decimals", "CH20", "unknown", "AM03"));
    expected.putAll(Map.of("coin", "AM03", "currency", "CURR", "yen", "CURR", "much", "AM02", "funds", "AM04", "bad/",
        "CH16", "self",
        "AG01"));
    expected.putAll(Map.of("good again", "AM05", "future", "DT01", "past", "DT01", "ice", "AC06", "theirs", "AC01"));
    assertEquals(expected, statuses(file.id()));
    assertEquals("1.50 EUR", balances().get("Payee"));
    StatusReason funds = reasons(file.id()).get("funds");
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[16]", funds.path());
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[2]/CdtrAcct/Id",
        reasons(file.id()).get("digits").path());
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[2]/ReqdExctnDt", reasons(file.id()).get("future").path());
    assertEquals(22, find(file.id()).byStatus().get(PaymentStatus.REJECTED));
    String report = new String(report(file.id()), StandardCharsets.UTF_8);
    assertTrue(report.contains("<GrpSts>PART</GrpSts>"), report);
    assertTrue(report.contains("<OrgnlPmtInfId>G-4</OrgnlPmtInfId><OrgnlNbOfTxs>1</OrgnlNbOfTxs><PmtInfSts>RJCT"),
        report);
  }

  @Test
  void refusesFilesWhoseTotalsAreWrong() {
    SampleFile counted = new SampleFile("M-3").group("G", ibanOf(payer), DAY).pay("E", "1.00 EUR", ibanOf(payee), "")
        .declaring("2", "1.00");
    SampleFile summed = new SampleFile("M-3").group("G", ibanOf(payer), DAY).pay("E", "1.00 EUR", ibanOf(payee), "")
        .declaring("1", "1.01");
    PaymentFile first = receive(counted);
    PaymentFile second = receive(summed);
    assertEquals("AM18", first.reason().orElseThrow().code());
    assertEquals("AM10", second.reason().orElseThrow().code());
    assertEquals(Status.REJECTED, second.status());
    assertEquals(Map.of(PaymentStatus.REJECTED, 1), second.byStatus());
    assertTrue(new String(report(second.id()), StandardCharsets.UTF_8)
        .contains("<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>AM10</Cd>"));
    workshop.processing(Thread::new).process(second.id());
    assertTrue(bank.transfers().isEmpty());
  }

  @Test
  void answersTheSameBytesWithTheFirstFileAndTheSameMessageIdWithARefusal() {
    SampleFile sample = new SampleFile("M-4").group("G", ibanOf(payer), DAY).pay("E-1", "1.00 EUR", ibanOf(payee), "");
    PaymentFile first = receive(sample);
    workshop.processing(Thread::new).process(first.id());
    var again = assertInstanceOf(Receipt.Taken.class, workshop.intake().receive(sample.stream(), "teller"));
    assertTrue(again.repeated());
    assertEquals(first.id(), again.file().id());
    assertEquals(Status.FINISHED, again.file().status());
    PaymentFile other =
        receive(new SampleFile("M-4").group("G", ibanOf(payer), DAY).pay("E-2", "2.00 EUR", ibanOf(payee), ""));
    assertEquals("DUPL", other.reason().orElseThrow().code());
    assertEquals(Status.REJECTED, other.status());
  }

  @Test
  void refusesAnEndToEndIdUsedInAnEarlierFileUnlessThatPaymentWasRefused() {
    PaymentFile first = receive(new SampleFile("M-5").group("G", ibanOf(payer), DAY)
        .pay("E-1", "1.00 EUR", ibanOf(payee), "").pay("E-2", "99999.00 EUR", ibanOf(payee), "")
        .pay("NOTPROVIDED", "1.00 EUR", ibanOf(payee), "").pay("NOTPROVIDED", "1.00 EUR", ibanOf(payee), ""));
    workshop.processing(Thread::new).process(first.id());
    PaymentFile second = receive(new SampleFile("M-6").group("G", ibanOf(payer), DAY)
        .pay("E-1", "1.00 EUR", ibanOf(payee), "").pay("E-2", "2.00 EUR", ibanOf(payee), ""));
    workshop.processing(Thread::new).process(second.id());
    assertEquals(Map.of("E-1", "AM05", "E-2", "BOOKED"), statuses(second.id()));
    assertEquals("5.00 EUR", balances().get("Payee"));
  }

  @Test
  void keepsNothingOfADocumentThatIsNotOfTheProfile() {
    byte[] broken = new SampleFile("M-7").group("G", ibanOf(payer), DAY).pay("E", "1.00 EUR", ibanOf(payee), "").text()
        .replace("TRF", "XXX").getBytes(StandardCharsets.UTF_8);
    var receipt = workshop.intake().receive(new ByteArrayInputStream(broken), "teller");
    var unreadable = assertInstanceOf(Receipt.Unreadable.class, receipt);
    assertEquals("/Document/CstmrCdtTrfInitn/PmtInf[1]/PmtMtd", unreadable.faults().get(0).path());
    int open = database.run(connection -> new FileStore(connection).countOpen());
    assertEquals(0, open);
  }

  @Test
  void yieldsTheSameHoweverOftenItIsInterrupted() {
    SampleFile sample = manyPayments();
    PaymentFile undisturbed = receive(sample);
    workshop.processing(Thread::new).process(undisturbed.id());
    Map<String, String> balances = balances();
    Map<String, String> statuses = statuses(undisturbed.id());
    int obligations = cycles.obligations.size();
    for (int seed = 0; seed < 6; seed++) {
      openBank(2_000_00);
      PaymentFile file = receive(sample);
      int interruptions = interruptUntilFinished(file.id(), new Random(seed));
      assertTrue(interruptions > 0, "the file was interrupted");
      assertEquals(balances, balances());
      assertEquals(statuses, statuses(file.id()));
      assertEquals(obligations, cycles.obligations.size());
      assertEquals(Status.FINISHED, find(file.id()).status());
    }
  }

  private SampleFile manyPayments() {
    openBank(2_000_00);
    var sample = new SampleFile("M-8").group("G", ibanOf(payer), DAY);
    for (int i = 0; i < 2_500; i++) {
      String to = i % 3 == 0 ? FOREIGN : ibanOf(payee);
      sample.pay("E-" + (i % 2_400), "1.00 EUR", to, i % 3 == 0 ? "COBADEFF" : "");
    }
    return sample;
  }

  /**
   * Breaks down at random before commits and answers; a commit that failed has happened or not, as with a real crash.
   */
  private int interruptUntilFinished(UUID file, Random random) {
    int interruptions = 0;
    while (find(file).status() != Status.FINISHED) {
      Runnable crash = () -> {
        if (random.nextInt(6) == 0) {
          throw new IllegalStateException("crash");
        }
      };
      bank.beforeAnswer(crash);
      cycles.beforeAnswer(crash);
      database.beforeCommit(crash);
      try {
        workshop.processing(Thread::new).process(file);
      } catch (IllegalStateException crashed) {
        interruptions++;
      }
      database.beforeCommit(() -> {});
      bank.beforeAnswer(() -> {});
      cycles.beforeAnswer(() -> {});
    }
    return interruptions;
  }

  @Test
  void recordsWhatWasBookedBeforeTheCutOffInTheCyclesOfThatDay() {
    PaymentFile file =
        receive(new SampleFile("M-9").group("G", ibanOf(payer), DAY).pay("E-1", "1.00 EUR", FOREIGN, "COBADEFF")
            .pay("E-2", "2.00 EUR", FOREIGN, "COBADEFF"));
    bank.beforeAnswer(() -> {
      if (!bank.transfers().isEmpty()) {
        throw new IllegalStateException("crash before the answer");
      }
    });
    assertThrows(IllegalStateException.class, () -> workshop.processing(Thread::new).process(file.id()));
    bank.beforeAnswer(() -> {});
    assertTrue(cycles.obligations.isEmpty());
    BusinessDate day = bank.current();
    bank.openNext(day);
    List<UUID> pending = database.run(connection -> new PaymentStore(connection, database.personal()).pendingIds());
    assertEquals(2, workshop.booking().finish(pending));
    cycles.close(day);
    assertEquals(2, cycles.obligations.values().stream().filter(owed -> owed.businessDate().equals(day)).count());
    workshop.processing(Thread::new).process(file.id());
    assertEquals(Status.FINISHED, find(file.id()).status());
    assertEquals(2, bank.transfers().size());
  }

  @Test
  void writesStatusReportsThatAreValidAndTheSameEachTime() throws Exception {
    PaymentFile file =
        receive(new SampleFile("M-10").group("G-1", ibanOf(payer), DAY).pay("E-1", "1.00 EUR", ibanOf(payee), "")
            .group("G-2", FOREIGN, DAY).pay("E-2", "1.00 EUR", ibanOf(payee), ""));
    byte[] early = report(file.id());
    Iso20022Message.PAIN_002_V10.schema().newValidator().validate(new StreamSource(new ByteArrayInputStream(early)));
    workshop.processing(Thread::new).process(file.id());
    byte[] late = report(file.id());
    Iso20022Message.PAIN_002_V10.schema().newValidator().validate(new StreamSource(new ByteArrayInputStream(late)));
    assertArrayEquals(late, report(file.id()));
    assertFalse(new String(early, StandardCharsets.UTF_8).contains("TxInfAndSts"));
  }

  @Test
  void takesARejectedFileOnceThoughItComesTwiceAtTheSameTime() {
    String text = new SampleFile("M-12").group("G", ibanOf(payer), DAY).pay("E-1", "1.00 EUR", ibanOf(payee), "")
        .declaring("2", "1.00").text();
    var second = new CompletableFuture<Receipt>();
    database.beforeCommit(() -> {
      database.beforeCommit(() -> {});
      second.completeAsync(() -> receive(text));
      database.awaitLockWait();
    });
    var first = assertInstanceOf(Receipt.Taken.class, receive(text));
    var again = assertInstanceOf(Receipt.Taken.class, second.join());
    assertEquals(Status.REJECTED, first.file().status());
    assertFalse(first.repeated());
    assertTrue(again.repeated());
    assertEquals(first.file(), again.file());
  }

  private Receipt receive(String text) {
    return workshop.intake().receive(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "teller");
  }

  @Test
  void theDatabaseRefusesStepsThatAreNotInThePublishedLife() {
    PaymentFile file =
        receive(new SampleFile("M-11").group("G", ibanOf(payer), DAY).pay("E-1", "1.00 EUR", ibanOf(payee), ""));
    workshop.processing(Thread::new).process(file.id());
    assertThrows(IllegalStateException.class,
        () -> database.execute("update payments.payment set status = 2, business_date = null"));
    assertThrows(IllegalStateException.class, () -> database.execute("update payments.payment set status = 4"));
    assertThrows(IllegalStateException.class,
        () -> database.execute("update payments.payment set status = 6, reason_code = 'AC01', business_date = null"));
  }

  private PaymentFile receive(SampleFile sample) {
    var taken = assertInstanceOf(Receipt.Taken.class, workshop.intake().receive(sample.stream(), "teller"));
    assertFalse(taken.repeated());
    return taken.file();
  }

  private PaymentFile find(UUID id) {
    return database.run(connection -> new FileStore(connection).find(id).orElseThrow()
        .toFile(new PaymentStore(connection, database.personal()).countByStatus(id)));
  }

  private byte[] report(UUID file) {
    var out = new ByteArrayOutputStream();
    workshop.reports().write(file, out);
    return out.toByteArray();
  }

  private Map<String, String> balances() {
    var balances = new TreeMap<String, String>();
    bank.byOwner().forEach((owner, money) -> balances.put(owner, money.toString()));
    return balances;
  }

  /** Status, or reason of the refused ones, by end-to-end id; a second one of that id is called "again". */
  private Map<String, String> statuses(UUID file) {
    var statuses = new TreeMap<String, String>();
    for (PaymentRow row : rows(file)) {
      String name = statuses.containsKey(row.endToEndId()) ? row.endToEndId() + " again" : row.endToEndId();
      statuses.put(name, row.reason().map(StatusReason::code).orElse(row.status().name()));
    }
    return statuses;
  }

  private Map<String, StatusReason> reasons(UUID file) {
    var reasons = new TreeMap<String, StatusReason>();
    rows(file).forEach(row -> row.reason().ifPresent(reason -> reasons.putIfAbsent(row.endToEndId(), reason)));
    return reasons;
  }

  private List<PaymentRow> rows(UUID file) {
    return database.run(connection -> {
      var ids = new java.util.ArrayList<UUID>();
      for (int i = 0; i < new FileStore(connection).find(file).orElseThrow().payments(); i++) {
        ids.add(UuidV7.derived(file, Integer.toString(i)));
      }
      var rows = new java.util.ArrayList<>(new PaymentStore(connection, database.personal()).findAll(ids));
      rows.sort(java.util.Comparator.comparing(row -> row.place().orElseThrow().index()));
      return rows;
    });
  }

  private static String ibanOf(Account account) {
    return Optional.of(account).flatMap(Account::iban).orElseThrow().value();
  }
}
