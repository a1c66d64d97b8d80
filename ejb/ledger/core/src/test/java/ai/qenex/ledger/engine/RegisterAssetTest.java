package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.RegisterAsset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Assets are registered once, numbered in order, undone with their batch, and found again in the log. */
class RegisterAssetTest {

  private static final Asset XAU = new Asset("XAU", 38);

  private final TestLedger ledger = new TestLedger();

  private RegisterAsset register(Asset asset) {
    return new RegisterAsset(ledger.newId(), asset);
  }

  private AssetRegistered registered(Asset asset) {
    return (AssetRegistered) ((Outcome.Accepted) ledger.submit(register(asset))).entries().get(0);
  }

  @Test
  void numbersAssetsInOrderAndRefusesACodeTwice() {
    assertEquals(3, registered(XAU).number());
    assertEquals(4, registered(new Asset("JPY", 0)).number());
    assertEquals("{asset=XAU, scale=38}", ledger.figuresOf(register(new Asset("XAU", 2))).toString());
    assertEquals(Clause.ASSET_TAKEN, ledger.clauseOf(register(XAU)));
    ledger.open(new OpenAccount(ledger.newId(), "XAU", "Ada", Product.CURRENT, Optional.empty(), Optional.empty()));
  }

  @Test
  void showsAnAssetOnlyWhenItIsCommittedAndForgetsItWithItsBatch() {
    ledger.decide(List.of(register(XAU)));
    assertTrue(ledger.state.asset("XAU").isPresent());
    assertEquals(2, ledger.state.assets().size());
    ledger.engine.rollback();
    assertTrue(ledger.state.asset("XAU").isEmpty());
    assertEquals(3, registered(new Asset("JPY", 0)).number());
    assertEquals(3, ledger.state.assets().size());
  }

  @Test
  void isFoundAgainInTheLogWhetherTheRegistryIsAheadOrNot() {
    registered(XAU);
    for (List<Asset> known : List.of(List.of(TestLedger.EUR, TestLedger.USD),
        List.of(TestLedger.EUR, TestLedger.USD, XAU))) {
      var state = new LedgerState(known);
      var replay = new Replay(state);
      ledger.log.forEach(row -> replay.entry(row.entry()));
      replay.finish();
      assertEquals(3, state.assets().size());
      assertEquals(Optional.of(XAU), state.asset("XAU"));
    }
    var other = new Replay(new LedgerState(List.of(TestLedger.EUR, TestLedger.USD, new Asset("XAU", 2))));
    assertThrows(QenexException.class, () -> ledger.log.forEach(row -> other.entry(row.entry())));
  }
}
