package ai.qenex.payments.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.payments.iso20022.Iso20022Message;
import ai.qenex.payments.service.StatementStore.StatementRow;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import javax.xml.transform.stream.StreamSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementDrawingIT {

  private static final BusinessDate FRIDAY = BusinessDate.parse("2027-02-26");
  private static PaymentsDatabase database;

  @TempDir Path files;
  private FakeBank bank;
  private StatementDrawing drawing;
  private Account ann;
  private Account bob;

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
    bank = new FakeBank(FRIDAY.toString());
    ann = bank.customer(FakeBank.EUR, "Ann & Sons", 1_000_000);
    bob = bank.customer(FakeBank.EUR, "Bob", 0);
    drawing = workshop().statements();
  }

  private Workshop workshop() {
    var origins = new FileIntake.Origins(new UuidV7(() -> FakeBank.START, new Random(1)), () -> FakeBank.START);
    return new Workshop(database, new Workshop.Neighbours(bank, bank, bank, bank, new FakeCycles()),
        new PaymentsConfig(PaymentsConfig.of(name -> "").bank(), files, 1_000_000, 1, 10), origins);
  }

  @Test
  void chainsClosingToOpeningFromDayToDay() throws Exception {
    post(1, ann, bob, 12_550);
    post(2, bob, ann, 50);
    BusinessDate monday = bank.openNext(FRIDAY);
    drawing.draw(FRIDAY, bob.number());
    post(3, ann, bob, 1_000);
    bank.openNext(monday);
    drawing.draw(monday, bob.number());
    StatementRow first = drawing.find(FRIDAY, bob.number()).orElseThrow();
    StatementRow second = drawing.find(monday, bob.number()).orElseThrow();
    assertEquals("0.00 EUR", first.opening().toString());
    assertEquals("125.00 EUR", first.closing().toString());
    assertEquals(first.closing(), second.opening());
    assertEquals("135.00 EUR", second.closing().toString());
    assertEquals(1, first.sequence());
    assertEquals(2, second.sequence());
    byte[] document = drawing.camt053(FRIDAY, bob.number()).orElseThrow();
    Iso20022Message.CAMT_053_V08.schema().newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
    String text = new String(document, StandardCharsets.UTF_8);
    assertTrue(text.contains("<CreDtTm>2027-02-26T17:00:00.123Z</CreDtTm>"), text);
    assertTrue(text.contains("<Nm>Ann &amp; Sons</Nm>"), text);
    assertArrayEquals(document, Files.readAllBytes(fileOf(bob)));
  }

  @Test
  void carriesWhatAPaymentSaid() {
    var file = new SampleFile("M").group("G", ann.iban().orElseThrow().value(), FRIDAY.toString())
        .pay("E-77", "10.00 EUR", bob.iban().orElseThrow().value(), "")
        .pay("E-78", "11.00 EUR", "DE89370400440532013000", "COBADEFF");
    var workshop = workshop();
    workshop.intake().receive(file.stream(), "teller");
    workshop.processing(Thread::new).process(database.run(connection -> new FileStore(connection).open(1)).get(0));
    bank.openNext(FRIDAY);
    drawing.draw(FRIDAY, ann.number());
    String text = new String(drawing.camt053(FRIDAY, ann.number()).orElseThrow(), StandardCharsets.UTF_8);
    assertTrue(text.contains("<EndToEndId>E-77</EndToEndId>"), text);
    assertTrue(text.contains("<SubFmlyCd>ESCT</SubFmlyCd>"), text);
    assertTrue(text.contains("<CdtrAgt><FinInstnId><BICFI>COBADEFF</BICFI>"), text);
    assertTrue(text.contains("<RmtInf><Ustrd>for E-78</Ustrd></RmtInf>"), text);
  }

  @Test
  void yieldsTheSameBytesWhenDrawnAgainWhateverIsLeftOfTheFirstTime() throws Exception {
    post(1, ann, bob, 100);
    bank.openNext(FRIDAY);
    drawing.draw(FRIDAY, bob.number());
    byte[] first = Files.readAllBytes(fileOf(bob));
    Files.delete(fileOf(bob));
    drawing.draw(FRIDAY, bob.number());
    assertArrayEquals(first, Files.readAllBytes(fileOf(bob)));
    database.empty();
    drawing.draw(FRIDAY, bob.number());
    assertArrayEquals(first, Files.readAllBytes(fileOf(bob)));
  }

  @Test
  void leavesNoHalfWrittenFileWhenItBreaksDown() {
    post(1, ann, bob, 100);
    bank.openNext(FRIDAY);
    var commits = new int[1];
    database.beforeCommit(() -> {
      if (++commits[0] == 4) {
        throw new IllegalStateException("crash");
      }
    });
    assertThrows(IllegalStateException.class, () -> drawing.draw(FRIDAY, bob.number()));
    database.beforeCommit(() -> {});
    assertFalse(Files.exists(fileOf(bob)));
    drawing.draw(FRIDAY, bob.number());
    assertTrue(Files.exists(fileOf(bob)));
  }

  @Test
  void givesFiguresButNoDocumentWhereIso20022HasNoRoom() {
    Account coins = bank.customer(FakeBank.QXC, "Coins", 0);
    Account more = bank.customer(FakeBank.QXC, "More", 2_000);
    post(1, more, coins, 1_500);
    Account rich = bank.customer(FakeBank.EUR, "Rich", 1_000_000_000_000_000_000L);
    post(2, rich, bob, 1_000_000_000_000_000_000L);
    bank.openNext(FRIDAY);
    for (Account account : new Account[] {coins, bob}) {
      drawing.draw(FRIDAY, account.number());
      assertFalse(drawing.find(FRIDAY, account.number()).orElseThrow().document());
      assertEquals(Optional.empty(), drawing.camt053(FRIDAY, account.number()));
      assertFalse(Files.exists(fileOf(account)));
    }
    assertEquals("0.000000000000001500 QXC", drawing.find(FRIDAY, coins.number()).orElseThrow().closing().toString());
  }

  @Test
  void givesFiguresOfADayThatTurnsOverMoreThanAnAmountCanSay() {
    var most = new Money(Amount.of(BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE)), FakeBank.EUR);
    Account from = bank.open(FakeBank.EUR, "Us", Product.INTERNAL, Optional.of("from"));
    Account over = bank.open(FakeBank.EUR, "Us", Product.INTERNAL, Optional.of("over"));
    Account to = bank.open(FakeBank.EUR, "Us", Product.INTERNAL, Optional.of("to"));
    post(1, from, over, most);
    post(2, over, to, most);
    post(3, to, over, most);
    bank.openNext(FRIDAY);
    drawing.draw(FRIDAY, over.number());
    StatementRow row = drawing.find(FRIDAY, over.number()).orElseThrow();
    assertEquals(most, row.closing());
    assertEquals(3, row.entries());
    assertFalse(row.document());
  }

  @Test
  void keepsTheFilesOfAccountsApartWhoseAliasesLookAlike() {
    for (String alias : new String[] {"a:b", "a_b"}) {
      Account account = bank.open(FakeBank.EUR, "Us", Product.INTERNAL, Optional.of(alias));
      post(account.number().value(), ann, account, 100);
    }
    bank.openNext(FRIDAY);
    drawing.draw(FRIDAY, new AccountNumber(3));
    drawing.draw(FRIDAY, new AccountNumber(4));
    assertEquals("a_b-3", drawing.find(FRIDAY, new AccountNumber(3)).orElseThrow().name());
    assertEquals("a_b-4", drawing.find(FRIDAY, new AccountNumber(4)).orElseThrow().name());
    assertTrue(Files.exists(files.resolve(FRIDAY + "/camt.053/a_b-3.xml")));
    assertTrue(Files.exists(files.resolve(FRIDAY + "/camt.053/a_b-4.xml")));
  }

  @Test
  void drawsNoStatementBeforeTheCutOffNorBehindALaterOne() {
    post(1, ann, bob, 100);
    assertThrows(QenexException.class, () -> drawing.draw(FRIDAY, bob.number()));
    BusinessDate monday = bank.openNext(FRIDAY);
    post(2, ann, bob, 100);
    bank.openNext(monday);
    drawing.draw(monday, bob.number());
    assertThrows(QenexException.class, () -> drawing.draw(FRIDAY, bob.number()));
  }

  private void post(long id, Account from, Account to, long minorUnits) {
    post(id, from, to, Money.ofMinorUnits(minorUnits, from.asset()));
  }

  private void post(long id, Account from, Account to, Money amount) {
    UUID transfer = UuidV7.of(FakeBank.START.toEpochMilli(), 7, id);
    bank.submit(PostTransfers.of(TransferOrder.of(transfer, from.number(), to.number(), amount)));
  }

  private Path fileOf(Account account) {
    return files.resolve(FRIDAY.toString()).resolve("camt.053").resolve(account.iban().orElseThrow() + ".xml");
  }
}
