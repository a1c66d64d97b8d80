package ai.qenex.payments.iso20022;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Iban;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Product;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.iso20022.StatementWriter.Counterparty;
import ai.qenex.payments.iso20022.StatementWriter.Kind;
import ai.qenex.payments.iso20022.StatementWriter.Totals;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentWritersTest {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Bic BANK = new Bic("QENXDEFF");
  private static final Instant NOON = Instant.parse("2027-02-26T12:00:00.123456Z");

  @Test
  void writesStatusReportsThatProfileAndOfficialDefinitionAccept() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] report = report(new Random(seed));
      assertValid(Iso20022Message.PAIN_002_V10, report);
      assertArrayEquals(report, report(new Random(seed)), "the same figures give the same bytes");
    }
  }

  @Test
  void writesStatementsThatProfileAndOfficialDefinitionAccept() {
    for (int seed = 0; seed < 100; seed++) {
      byte[] statement = statement(new Random(seed));
      assertValid(Iso20022Message.CAMT_053_V08, statement);
      assertArrayEquals(statement, statement(new Random(seed)), "the same figures give the same bytes");
    }
  }

  @Test
  void everyStatementOfTheOfficialDefinitionIsOneOfOurs() {
    var official = OfficialSchemas.of(Iso20022Message.CAMT_053_V08);
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(Optional.empty(), OfficialSchemas.complaint(official, statement(new Random(seed))));
    }
  }

  @Test
  void everyStatusReportIsOneOfTheOfficialDefinition() {
    var official = OfficialSchemas.of(Iso20022Message.PAIN_002_V10);
    for (int seed = 0; seed < 100; seed++) {
      assertEquals(Optional.empty(), OfficialSchemas.complaint(official, report(new Random(seed))));
    }
  }

  @Test
  void sumsStatusesThatShareACode() {
    var out = new ByteArrayOutputStream();
    new StatusReportWriter(out,
        new StatusReportWriter.File("M", NOON, BANK, "O", "pain.001.001.09", 5, Optional.empty(), "ACSC",
            Optional.empty(), Map.of(PaymentStatus.BOOKED, 2, PaymentStatus.SETTLED, 3)))
        .close();
    assertTrue(out.toString(StandardCharsets.UTF_8)
        .contains("<NbOfTxsPerSts><DtldNbOfTxs>5</DtldNbOfTxs><DtldSts>ACSC</DtldSts></NbOfTxsPerSts>"));
  }

  @Test
  void writesQuestionMarksForCharactersThatXmlCannotCarry() {
    assertEquals("a?b?", XmlOut.writable("a\u0000b\uD800"));
    assertEquals("\u0416\uD83D\uDE00", XmlOut.writable("\u0416\uD83D\uDE00"));
  }

  private static void assertValid(Iso20022Message message, byte[] document) {
    assertEquals(Optional.empty(), OfficialSchemas.complaint(message.schema(), document),
        () -> new String(document, StandardCharsets.UTF_8));
  }

  private static byte[] report(Random random) {
    var out = new ByteArrayOutputStream();
    PaymentStatus[] statuses = PaymentStatus.values();
    var head = new StatusReportWriter.File("R-1", NOON, BANK, "M & <1>", "pain.001.001.09", 7,
        random.nextBoolean() ? Optional.of(new BigDecimal("12.50")) : Optional.empty(), "PART", reason(random),
        Map.of(PaymentStatus.BOOKED, random.nextInt(5), PaymentStatus.REJECTED, random.nextInt(5)));
    try (var writer = new StatusReportWriter(out, head)) {
      for (int group = random.nextInt(3); group > 0; group--) {
        writer.group(new StatusReportWriter.Group("G" + group, 3,
            random.nextBoolean() ? Optional.of("RJCT") : Optional.empty(), reason(random)));
        for (int i = random.nextInt(4); i > 0; i--) {
          writer.transaction(new StatusReportWriter.Transaction(id(random),
              random.nextBoolean() ? Optional.of("I" + i) : Optional.empty(), "E-" + i,
              random.nextBoolean() ? Optional.of("8a562c67-ca16-48ba-b074-65581be6f066") : Optional.empty(),
              statuses[random.nextInt(statuses.length)], reason(random),
              random.nextBoolean() ? Optional.of(NOON) : Optional.empty()));
        }
      }
    }
    return out.toByteArray();
  }

  private static Optional<StatusReason> reason(Random random) {
    String path = "/Document" + "/CstmrCdtTrfInitn".repeat(random.nextInt(12));
    return random.nextBoolean() ? Optional.of(new StatusReason("AC01", path, "no such account & more"))
        : Optional.empty();
  }

  private static byte[] statement(Random random) {
    var iban = new Iban("DE89370400440532013000");
    var account = new Account(new AccountNumber(7), id(random), "0x" + "0".repeat(40),
        random.nextBoolean() ? Optional.of(iban) : Optional.empty(), Optional.of("nostro.x"), EUR, "Owner <&>",
        Product.CURRENT, AccountStatus.OPEN, Optional.of(Amount.ZERO));
    var totals = new Totals(2, money(random.nextInt(100_000)), 1, money(random.nextInt(100_000)));
    var head = new StatementWriter.Head("S-1", NOON, BANK, account, account.iban().map(Iban::value).orElse("nostro.x"),
        BusinessDate.parse("2027-02-26"), 1 + random.nextInt(300), money(random.nextInt(200_000) - 100_000), totals);
    var out = new ByteArrayOutputStream();
    try (var writer = new StatementWriter(out, head)) {
      for (int i = random.nextInt(4); i > 0; i--) {
        Optional<Counterparty> other = random.nextBoolean()
            ? Optional.of(new Counterparty(random.nextBoolean() ? "Ann" : "",
                random.nextBoolean() ? "DE89370400440532013000" : "",
                true, random.nextBoolean() ? Optional.of(new Bic("DEUTDEFF")) : Optional.empty()))
            : Optional.empty();
        writer.entry(
            new StatementWriter.Entry(id(random), 1_000L + i, money(1 + random.nextInt(9_999)), random.nextBoolean(),
                LocalDate.of(2027, 2, 26), Kind.values()[random.nextInt(3)],
                random.nextBoolean() ? Optional.of("E-" + i) : Optional.empty(), other,
                random.nextBoolean() ? Optional.of("invoice " + i) : Optional.empty()));
      }
    }
    return out.toByteArray();
  }

  private static UUID id(Random random) {
    return UuidV7.of(NOON.toEpochMilli(), random.nextLong(), random.nextLong());
  }

  private static Money money(long cents) {
    return Money.ofMinorUnits(cents, EUR);
  }
}
