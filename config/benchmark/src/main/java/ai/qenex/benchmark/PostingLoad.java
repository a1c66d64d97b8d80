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

/** Customers with money, and random transfers between them: floors are checked, and next to nothing is refused. */
final class PostingLoad {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final int OPENINGS_AT_ONCE = 5_000;
  private static final long FUNDS_CENTS = 1_000_000_00;
  private static final int LARGEST_CENTS = 100_00;

  private final Ledger ledger;
  private final AccountNumber[] customers;

  private PostingLoad(Ledger ledger, AccountNumber[] customers) {
    this.ledger = ledger;
    this.customers = customers;
  }

  /** Opens and funds the accounts. */
  static PostingLoad prepare(Ledger ledger, int accounts) {
    var random = new SplittableRandom(1);
    AccountNumber vault = open(ledger, List.of(opening(random, Product.INTERNAL))).get(0);
    var customers = new ArrayList<AccountNumber>(accounts);
    while (customers.size() < accounts) {
      var openings = new ArrayList<OpenAccount>();
      for (int i = 0; i < Math.min(OPENINGS_AT_ONCE, accounts - customers.size()); i++) {
        openings.add(opening(random, Product.CURRENT));
      }
      List<AccountNumber> opened = open(ledger, openings);
      ledger.submitAll(opened.stream().map(customer -> transfer(random, vault, customer, FUNDS_CENTS)).toList());
      customers.addAll(opened);
    }
    return new PostingLoad(ledger, customers.toArray(AccountNumber[]::new));
  }

  private static OpenAccount opening(SplittableRandom random, Product product) {
    return new OpenAccount(id(random), EUR.code(), "Customer", product, Optional.empty(), Optional.empty());
  }

  private static List<AccountNumber> open(Ledger ledger, List<OpenAccount> openings) {
    return ledger.submitAll(openings).stream()
        .map(outcome -> ((AccountOpened) ((Outcome.Accepted) outcome).entries().get(0)).account().number()).toList();
  }

  private static UUID id(SplittableRandom random) {
    return UuidV7.of(System.currentTimeMillis(), random.nextLong(), random.nextLong());
  }

  private static PostTransfers transfer(SplittableRandom random, AccountNumber debit, AccountNumber credit,
      long cents) {
    return PostTransfers.of(TransferOrder.of(id(random), debit, credit, Money.ofMinorUnits(cents, EUR)));
  }

  /** Submits so many transfers at a time and waits for the answers. */
  Stretch.Lane lane(int number, int atOnce) {
    var random = new SplittableRandom(System.nanoTime() + number);
    return () -> {
      var batch = new ArrayList<Instruction>(atOnce);
      for (int i = 0; i < atOnce; i++) {
        batch.add(random(random));
      }
      int posted = 0;
      for (Outcome outcome : ledger.submitAll(batch)) {
        if (outcome instanceof Outcome.Accepted) {
          posted++;
        }
      }
      if (posted < atOnce - atOnce / 100 - 1) {
        throw new IllegalStateException("only " + posted + " of " + atOnce + " transfers were posted");
      }
      return posted;
    };
  }

  private PostTransfers random(SplittableRandom random) {
    int debit = random.nextInt(customers.length);
    int credit = random.nextInt(customers.length - 1);
    return transfer(random, customers[debit], customers[credit < debit ? credit : credit + 1],
        1 + random.nextInt(LARGEST_CENTS));
  }
}
