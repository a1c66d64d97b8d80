package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.RegisterAsset;
import ai.qenex.ledger.TransferOrder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Assets that are registered while the bank runs: durable with the log, known to readers that were there before. */
class AssetIT {

  private static final Asset XAU = new Asset("XAU", 38);

  private final LedgerFixture ledger = new LedgerFixture();
  private final LedgerHistory before = new LogHistory(ledger.database());

  @AfterEach
  void close() {
    ledger.close();
  }

  private UUID move(AccountNumber from, AccountNumber to) {
    UUID id = LedgerFixture.newId();
    ledger.submit(PostTransfers.of(TransferOrder.of(id, from, to, new Money(Amount.of(7), XAU))));
    return id;
  }

  @Test
  void isKnownToReadersAndAfterARestart() {
    UUID warm = LedgerFixture.newId();
    ledger.submit(new RegisterAsset(warm, new Asset("XAG", 0)));
    assertTrue(before.find(warm).isPresent());
    UUID id = LedgerFixture.newId();
    ledger.submit(new RegisterAsset(id, XAU));
    AccountNumber vault = ledger.open(Product.INTERNAL, XAU);
    AccountNumber ada = ledger.open(Product.CURRENT, XAU);
    UUID moved = move(vault, ada);
    assertEquals(7, ((AssetRegistered) before.find(id).orElseThrow()).number());
    assertEquals(XAU, ((TransferPosted) before.find(moved).orElseThrow()).amount()
        .asset());
    assertEquals(1, before.transfersOf(ada, 10, Optional.empty()).items().size());
    ledger.restart();
    assertEquals(7, ledger.booked(ada));
    move(vault, ada);
    ledger.awaitProjection();
    ledger.restart();
    assertEquals(14, ledger.booked(ada));
    assertTrue(((Outcome.Accepted) ledger.submit(new RegisterAsset(id, XAU))).repeated());
    assertEquals(7, ledger.count("select count(*) from ledger.asset"));
    assertEquals(List.of(), ledger.brokenLaws());
  }

  @Test
  void isNumberedWithinOneBatchWithItsFirstTransfers() {
    AccountNumber next = new AccountNumber(1);
    UUID vault = LedgerFixture.newId();
    UUID ada = LedgerFixture.newId();
    List<Outcome> outcomes = ledger.engine().submitAll(List.of(new RegisterAsset(LedgerFixture.newId(), XAU),
        new OpenAccount(vault, "XAU", "Bank", Product.INTERNAL, Optional.empty(), Optional.empty()),
        new OpenAccount(ada, "XAU", "Ada", Product.CURRENT, Optional.empty(), Optional.empty()),
        PostTransfers.of(TransferOrder.of(LedgerFixture.newId(), next, new AccountNumber(2),
            new Money(Amount.of(7), XAU)))));
    assertTrue(outcomes.stream().allMatch(Outcome.Accepted.class::isInstance), outcomes::toString);
    assertEquals(6, ledger.count("select asset from ledger.log where kind = 1"));
    assertEquals(38, ledger.count("select scale from ledger.asset where id = 6"));
  }
}
