package ai.qenex.benchmark;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** One account that is part of every transfer, against a thousand others. */
final class HotAccountLoad {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final int OTHERS = 1_000;

  private final Ledger ledger;
  private final List<AccountNumber> accounts;

  private HotAccountLoad(Ledger ledger, List<AccountNumber> accounts) {
    this.ledger = ledger;
    this.accounts = accounts;
  }

  static HotAccountLoad prepare(Ledger ledger) {
    var random = new SplittableRandom();
    var openings = new ArrayList<OpenAccount>();
    for (int i = 0; i <= OTHERS; i++) {
      openings.add(new OpenAccount(id(random), EUR.code(), "Hot", i == 0 ? Product.INTERNAL : Product.CURRENT,
          Optional.empty(), Optional.empty()));
    }
    return new HotAccountLoad(ledger, ledger.submitAll(openings).stream()
        .map(outcome -> ((AccountOpened) ((Outcome.Accepted) outcome).entries().get(0)).account().number()).toList());
  }

  AccountNumber hot() {
    return accounts.get(0);
  }

  /** Posts at least so many transfers of the hot account. */
  void post(long transfers, int lanes, int atOnce) throws InterruptedException {
    var left = new AtomicLong(transfers);
    var threads = new ArrayList<Thread>();
    for (int lane = 0; lane < lanes; lane++) {
      var thread = new Thread(() -> post(left, atOnce));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void post(AtomicLong left, int atOnce) {
    var random = new SplittableRandom();
    while (left.getAndAdd(-atOnce) > 0) {
      var batch = new ArrayList<Instruction>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        batch.add(PostTransfers.of(TransferOrder.of(id(random), hot(), accounts.get(1 + random.nextInt(OTHERS)),
            Money.ofMinorUnits(1 + random.nextInt(1_000), EUR))));
      }
      ledger.submitAll(batch);
    }
  }

  private static UUID id(SplittableRandom random) {
    return UuidV7.of(System.currentTimeMillis(), random.nextLong(), random.nextLong());
  }
}
