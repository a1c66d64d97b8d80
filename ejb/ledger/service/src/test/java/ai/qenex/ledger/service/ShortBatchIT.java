package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What few entries become when they are written in one request must be what many become by COPY. */
class ShortBatchIT {

  /** Whatever means something in an array, in JSON or to PostgreSQL. */
  private static final List<String> REFERENCES = List.of("NULL", "null", "{}", "{\"a\",b}", "a,b", "\"", "\\", "\\\"",
      "\\N", "\\x41", "'; drop table ledger.log; --", " leading and trailing ", "\u00e4\u20ac\ud83d\ude00", "$1", "?");

  private final LedgerFixture ledger = new LedgerFixture();
  private final LogHistory history = new LogHistory(ledger.database());
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);

  @AfterEach
  void close() {
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
    ledger.close();
  }

  @Test
  void storesEveryTextAsItWasGiven() {
    for (String reference : REFERENCES) {
      TransferOrder order = order(Optional.of(reference), Amount.of(1));
      ledger.submit(PostTransfers.of(order));
      assertStored(order);
    }
  }

  @Test
  void storesPlainAndOtherEntriesOfAnySize() {
    TransferOrder huge = order(Optional.empty(), Amount.ofMinorUnits("9".repeat(37)));
    ledger.submit(PostTransfers.of(huge));
    assertStored(huge);
    var mixed = new ArrayList<TransferOrder>();
    for (int i = 1; i <= 2 * ShortBatch.MAX_ROWS; i++) {
      mixed.add(order(i % 3 == 0 ? Optional.of("r" + i) : Optional.empty(), Amount.of(i)));
    }
    for (int size : List.of(1, 2, ShortBatch.MAX_ROWS - 1)) {
      ledger.engine().submitAll(mixed.subList(0, size).stream().map(PostTransfers::of).toList());
    }
    ledger.engine().submitAll(mixed.stream().map(PostTransfers::of).toList());
    mixed.forEach(this::assertStored);
  }

  @Test
  void refusalsAreStoredWithTheirFigures() {
    var order = LedgerFixture.order(LedgerFixture.newId(), ada, vault, 1);
    var refused = (Outcome.Refused) ledger.submit(PostTransfers.of(order));
    var stored = (LedgerEntry.InstructionRefused) history.find(order.id()).orElseThrow();
    assertEquals(refused.refusal(), stored.refusal());
  }

  @Test
  void writesNothingWhenAnotherWriterTookTheLease() {
    ledger.submit(transfer(vault, ada, 1));
    long before = ledger.count("select count(*) from ledger.log");
    ledger.execute("update ledger.writer set epoch = epoch + 1");
    assertThrows(QenexException.class, () -> ledger.submit(transfer(vault, ada, 1)));
    assertEquals(before, ledger.count("select count(*) from ledger.log"));
  }

  private void assertStored(TransferOrder order) {
    var stored = (LedgerEntry.TransferPosted) history.find(order.id()).orElseThrow();
    assertEquals(order.reference(), stored.reference());
    assertEquals(order.amount(), stored.amount());
    assertEquals(order.valueDate(), Optional.of(stored.valueDate()));
    var answered = (Outcome.Accepted) ledger.submit(PostTransfers.of(order));
    assertTrue(answered.repeated());
    assertEquals(stored, answered.entries().get(0));
  }

  private TransferOrder order(Optional<String> reference, Amount amount) {
    UUID id = LedgerFixture.newId();
    return new TransferOrder(id, vault, ada, new Money(amount, LedgerFixture.EUR), reference,
        Optional.of(LocalDate.of(2027, 3, 1)), Optional.empty());
  }
}
