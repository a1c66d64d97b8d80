package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.Product;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A state that starts from a snapshot shows what the snapshot holds. */
class ReplayTest {

  /** More than are taken over before other threads are shown them for the first time. */
  private static final int HOLDS = (1 << 16) + 3;

  @Test
  void showsEveryHoldOfASnapshot() {
    var state = new LedgerState(List.of(TestLedger.EUR));
    var replay = new Replay(state);
    var number = new AccountNumber(1);
    UUID id = UuidV7.of(1, 0, 0);
    replay.account(new Account(number, id, Addresses.of(id), Optional.empty(), Optional.empty(), TestLedger.EUR, "Ada",
        Product.INTERNAL, AccountStatus.OPEN, Optional.empty()), Amount.of(5), 7);
    for (int i = 1; i <= HOLDS; i++) {
      replay.hold(new Hold(UuidV7.of(2, 0, i), number, Money.ofMinorUnits(1, TestLedger.EUR), Amount.of(1), Amount.ZERO,
          Optional.empty(), Instant.MAX, HoldStatus.OPEN));
    }
    replay.snapshotTaken(9, Instant.EPOCH);
    replay.finish();
    assertEquals(Amount.of(HOLDS), state.committed(number).orElseThrow().held());
  }
}
