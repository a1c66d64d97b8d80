package ai.qenex.settlement.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.ClearingCycle.Settlement;
import ai.qenex.settlement.CycleStatus;
import ai.qenex.settlement.Obligation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cycle from its obligations to its settlement: real PostgreSQL, real instructions, a ledger in memory. Each test has
 * a day of its own.
 */
class ClearingCyclesIT {

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new Random(2));
  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset QXC = new Asset("QXC", 18);
  private static final Bic US = new Bic("QENXDEFF");
  private static final Bic B = new Bic("BBBBDEFF");
  private static final Bic C = new Bic("CCCCDEFF");

  private static SettlementDatabase database;
  private static LocalDate nextDate = LocalDate.parse("2027-03-01");

  @TempDir private Path files;
  private BusinessDate date;
  private FakeLedger ledger;
  private ClearingCyclesBean cycles;

  @BeforeAll
  static void start() {
    database = new SettlementDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void openTheDay() {
    nextDate = nextDate.plusDays(1);
    date = new BusinessDate(nextDate);
    ledger = new FakeLedger(List.of(EUR, QXC), date);
    cycles = new ClearingCyclesBean();
    cycles.database = database.source();
    cycles.accounts = ledger;
    cycles.history = ledger;
    cycles.days = ledger;
    cycles.ledger = ledger;
    cycles.config = new SettlementConfig(US, files);
    cycles.steps = new SettlementSteps();
    cycles.steps.database = database.source();
    open("customer");
    open("clearing.EUR");
  }

  @Test
  void settlesOverTheNostrosAndBringsClearingToZero() throws IOException {
    payOut(B, "100.00");
    payOut(C, "20.00");
    payIn(B, "30.00");
    owe(B, C, "50.00");
    end();

    ClearingCycle cycle = cycles.cyclesOf(date).get(0);
    assertEquals(CycleStatus.SETTLED, cycle.status());
    assertEquals(Money.parse("200.00", EUR), cycle.gross());
    assertEquals(Amount.ZERO, ledger.bookedOf("clearing.EUR"));
    assertEquals(Amount.of(20_00), ledger.bookedOf("nostro.BBBBDEFF.EUR"));
    assertEquals(Amount.of(70_00), ledger.bookedOf("nostro.CCCCDEFF.EUR"));
    assertEquals(List.of(B, C, US), cycle.settlement().stream().map(Settlement::bank).toList());
    Settlement ours = cycle.settlement().get(2);
    assertEquals(Optional.empty(), ours.transferId());
    assertArrayEquals(cycles.message(ours.messageId().orElseThrow()).orElseThrow(),
        Files.readAllBytes(files.resolve(date + "/pacs.009/QENXDEFF.EUR.xml")));
    assertEquals(1, filesOf().size());
  }

  @Test
  void settlesObligationsBetweenOtherBanksAlone() {
    owe(B, C, "50.00");
    end();
    assertEquals(Amount.of(-50_00), ledger.bookedOf("nostro.BBBBDEFF.EUR"));
    assertEquals(Amount.of(50_00), ledger.bookedOf("nostro.CCCCDEFF.EUR"));
    assertEquals(Amount.ZERO, ledger.bookedOf("clearing.EUR"));
  }

  @Test
  void refusesToNetWhenTheClearingAccountTellsAnotherStory() {
    payOut(B, "100.00");
    transfer("customer", "clearing.EUR", "0.01");
    cycles.close(date);
    assertEquals(ErrorCode.INVARIANT_BROKEN, assertThrows(QenexException.class, () -> cycles.net(date)).code());
    assertEquals(CycleStatus.CLOSED, cycles.cyclesOf(date).get(0).status());
  }

  @Test
  void refusesToNetWhenClearingMovedWithoutAnyObligation() {
    transfer("customer", "clearing.EUR", "5.00");
    cycles.close(date);
    QenexException fault = assertThrows(QenexException.class, () -> cycles.net(date));
    assertEquals(ErrorCode.INVARIANT_BROKEN, fault.code());
    assertTrue(fault.getMessage().contains("clearing.EUR moved by 5.00 EUR"), fault.getMessage());
  }

  @Test
  void takesNoStepBeforeTheOneThatLeadsToIt() {
    payOut(B, "1.00");
    assertEquals(ErrorCode.CONFLICTING_STATE, assertThrows(QenexException.class, () -> cycles.net(date)).code());
    assertEquals(ErrorCode.CONFLICTING_STATE, assertThrows(QenexException.class, () -> cycles.settle(date)).code());
  }

  @Test
  void settlesOnceWhenTheAnswerOfTheLedgerGetsLost() throws IOException {
    payOut(B, "10.00");
    cycles.close(date);
    cycles.net(date);
    open("nostro.BBBBDEFF.EUR");
    ledger.losesNextAnswer = true;
    assertThrows(QenexException.class, () -> cycles.settle(date));
    assertEquals(CycleStatus.NETTED, cycles.cyclesOf(date).get(0).status());
    cycles.settle(date);
    assertEquals(CycleStatus.SETTLED, cycles.cyclesOf(date).get(0).status());
    assertEquals(Amount.of(10_00), ledger.bookedOf("nostro.BBBBDEFF.EUR"));
    assertEquals(2, ledger.transfers.size());
    assertEquals(1, filesOf().size());
  }

  @Test
  void doingEveryStepAgainChangesNothing() throws IOException {
    payOut(B, "10.00");
    end();
    ClearingCycle before = cycles.cyclesOf(date).get(0);
    Map<String, String> filesBefore = filesOf();
    Files.delete(files.resolve(date + "/pacs.009/QENXDEFF.EUR.xml"));
    end();
    assertEquals(before, cycles.cyclesOf(date).get(0));
    assertEquals(filesBefore, filesOf());
    assertEquals(2, ledger.transfers.size());
  }

  @Test
  void triesAgainWithNewIdsAfterTheLedgerRefused() {
    payOut(B, "10.00");
    open("nostro.BBBBDEFF.EUR");
    ledger.setStatus("nostro.BBBBDEFF.EUR", AccountStatus.FROZEN);
    cycles.close(date);
    cycles.net(date);
    QenexException refused = assertThrows(QenexException.class, () -> cycles.settle(date));
    assertTrue(refused.getMessage().contains("ACCOUNT_FROZEN"), refused.getMessage());
    assertThrows(QenexException.class, () -> cycles.settle(date));
    ledger.setStatus("nostro.BBBBDEFF.EUR", AccountStatus.OPEN);
    cycles.settle(date);
    assertEquals(Amount.of(10_00), ledger.bookedOf("nostro.BBBBDEFF.EUR"));
    assertEquals(CycleStatus.SETTLED, cycles.cyclesOf(date).get(0).status());
  }

  @Test
  void settlesWithoutAMessageWhatAMessageCannotCarryExactly() throws IOException {
    Money smallest = Money.parse("0.000000000000000001", QXC);
    cycles.record(List.of(new Obligation(IDS.next(), B, C, smallest, date)));
    end();
    ClearingCycle cycle = cycles.cyclesOf(date).get(0);
    assertEquals(CycleStatus.SETTLED, cycle.status());
    assertEquals(Amount.of(1), ledger.bookedOf("nostro.CCCCDEFF.QXC"));
    assertTrue(cycle.settlement().stream().allMatch(settlement -> settlement.messageId().isEmpty()));
    assertTrue(filesOf().isEmpty());
  }

  @Test
  void refusesToMoveAnAccountThatBearsANostrosNameOnly() {
    payOut(B, "10.00");
    ledger.hold("nostro.BBBBDEFF.EUR", EUR, Product.CURRENT);
    cycles.close(date);
    cycles.net(date);
    QenexException fault = assertThrows(QenexException.class, () -> cycles.settle(date));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertTrue(fault.getMessage().contains("nostro.BBBBDEFF.EUR is a CURRENT account"), fault.getMessage());
    assertEquals(CycleStatus.NETTED, cycles.cyclesOf(date).get(0).status());
  }

  @Test
  void refusesToNetAgainstAClearingAccountOfAnotherAsset() {
    ledger.hold("clearing.QXC", EUR, Product.INTERNAL);
    cycles.close(date);
    QenexException fault = assertThrows(QenexException.class, () -> cycles.net(date));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertTrue(fault.getMessage().contains("clearing.QXC"), fault.getMessage());
  }

  @Test
  void endsADayWithoutObligations() {
    end();
    assertTrue(cycles.cyclesOf(date).isEmpty());
    assertFalse(Files.exists(files.resolve(date.toString())));
  }

  @Test
  void refusesMoreThanABatch() {
    List<Obligation> many = Stream.generate(() -> obligation(B, C, "1.00")).limit(10_001).toList();
    assertEquals(ErrorCode.INVALID_REQUEST, assertThrows(QenexException.class, () -> cycles.record(many)).code());
  }

  private void end() {
    cycles.close(date);
    cycles.net(date);
    cycles.settle(date);
  }

  private void payOut(Bic bank, String amount) {
    transfer("customer", "clearing.EUR", amount);
    owe(US, bank, amount);
  }

  private void payIn(Bic bank, String amount) {
    transfer("clearing.EUR", "customer", amount);
    owe(bank, US, amount);
  }

  private void owe(Bic payer, Bic payee, String amount) {
    cycles.record(List.of(obligation(payer, payee, amount)));
  }

  private Obligation obligation(Bic payer, Bic payee, String amount) {
    return new Obligation(IDS.next(), payer, payee, Money.parse(amount, EUR), date);
  }

  private void open(String alias) {
    ledger
        .submit(new OpenAccount(IDS.next(), "EUR", "the bank", Product.INTERNAL, Optional.of(alias), Optional.empty()));
  }

  private void transfer(String debit, String credit, String amount) {
    var order =
        TransferOrder.of(IDS.next(), ledger.numberOf(debit).orElseThrow(), ledger.numberOf(credit).orElseThrow(),
            Money.parse(amount, EUR));
    assertTrue(ledger.submit(PostTransfers.of(order)) instanceof Outcome.Accepted);
  }

  /** Every file by name with its content. */
  private Map<String, String> filesOf() throws IOException {
    var contents = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(files)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(files.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
