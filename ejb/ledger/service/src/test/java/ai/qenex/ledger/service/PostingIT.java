package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.order;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Posting, refusing and repeating against PostgreSQL, with restarts in between. */
class PostingIT {

  private final LedgerFixture ledger = new LedgerFixture();

  @AfterEach
  void close() {
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
    ledger.close();
  }

  @Test
  void postsAndSurvivesRestart() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    var payIn = transfer(vault, ada, 10_000);
    assertTrue(ledger.submit(payIn) instanceof Outcome.Accepted);
    assertEquals(10_000, ledger.booked(ada));
    ledger.restart();
    assertEquals(10_000, ledger.booked(ada));
    assertEquals(-10_000, ledger.booked(vault));
    assertTrue(((Outcome.Accepted) ledger.submit(payIn)).repeated());
    assertEquals(10_000, ledger.booked(ada));
  }

  @Test
  void answersRepetitionAsTheFirstTimeInsideAndOutsideTheWindow() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    var first = ledger.submit(transfer(vault, ada, 1));
    var payIn = transfer(vault, ada, 100);
    var refused = transfer(ada, vault, 1_000_000);
    var posted = (Outcome.Accepted) ledger.submit(payIn);
    var refusal = (Outcome.Refused) ledger.submit(refused);
    assertTrue(first instanceof Outcome.Accepted);
    assertRepeats(payIn, posted, refused, refusal);
    ledger.useWindow(2);
    ledger.restart();
    for (int i = 0; i < 10; i++) {
      ledger.submit(transfer(vault, ada, 1));
    }
    assertRepeats(payIn, posted, refused, refusal);
  }

  private void assertRepeats(Instruction payIn, Outcome.Accepted posted, Instruction refused, Outcome.Refused refusal) {
    assertEquals(new Outcome.Accepted(posted.entries(), true), ledger.submit(payIn));
    assertEquals(new Outcome.Refused(refusal.refusal(), true), ledger.submit(refused));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, refusal.refusal().clause());
  }

  @Test
  void refusesOtherUseOfAnId() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    var id = LedgerFixture.newId();
    ledger.submit(PostTransfers.of(order(id, vault, ada, 100)));
    var dated = new TransferOrder(
        id, vault, ada, Money.ofMinorUnits(100, LedgerFixture.EUR), Optional.empty(),
        Optional.of(LocalDate.of(2027, 3, 1)),
        Optional.empty());
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, clauseOf(ledger.submit(PostTransfers.of(order(id, vault, ada, 101)))));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, clauseOf(ledger.submit(PostTransfers.of(dated))));
    assertEquals(100, ledger.booked(ada));
  }

  @Test
  void postsLinkedGroupsWholeOrNotAtAll() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    AccountNumber bob = ledger.open(Product.SAVINGS);
    var chain = new PostTransfers(List.of(
        order(LedgerFixture.newId(), vault, ada, 100), order(LedgerFixture.newId(), ada, bob, 100)));
    assertEquals(2, ((Outcome.Accepted) ledger.submit(chain)).entries().size());
    var broken = new PostTransfers(List.of(
        order(LedgerFixture.newId(), vault, ada, 50), order(LedgerFixture.newId(), ada, bob, 51)));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, clauseOf(ledger.submit(broken)));
    assertEquals(0, ledger.booked(ada));
    assertEquals(100, ledger.booked(bob));
    ledger.restart();
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, clauseOf(ledger.submit(broken)));
    assertEquals(Clause.LINKED_TRANSFER_REFUSED, clauseOf(ledger.submit(PostTransfers.of(broken.orders().get(0)))));
    assertTrue(((Outcome.Accepted) ledger.submit(chain)).repeated());
  }

  @Test
  void freezesUnfreezesAndCloses() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    ledger.submit(new ChangeAccount(LedgerFixture.newId(), ada, new ChangeAccount.Freeze()));
    assertEquals(Clause.ACCOUNT_FROZEN, clauseOf(ledger.submit(transfer(vault, ada, 1))));
    ledger.restart();
    assertEquals(Clause.ACCOUNT_FROZEN, clauseOf(ledger.submit(transfer(vault, ada, 1))));
    ledger.submit(new ChangeAccount(LedgerFixture.newId(), ada, new ChangeAccount.Unfreeze()));
    ledger.submit(transfer(vault, ada, 1));
    assertEquals(Clause.ACCOUNT_NOT_EMPTY,
        clauseOf(ledger.submit(new ChangeAccount(LedgerFixture.newId(), ada, new ChangeAccount.Close()))));
    ledger.submit(new ChangeAccount(
        LedgerFixture.newId(), ada, new ChangeAccount.SetOverdraftLimit(Amount.of(500))));
    assertTrue(ledger.submit(transfer(ada, vault, 501)) instanceof Outcome.Accepted);
    ledger.submit(transfer(vault, ada, 500));
    ledger.submit(new ChangeAccount(LedgerFixture.newId(), ada, new ChangeAccount.Close()));
    ledger.awaitProjection();
    ledger.restart();
    assertEquals(Clause.ACCOUNT_CLOSED, clauseOf(ledger.submit(transfer(vault, ada, 1))));
    assertEquals(1,
        ledger.count("select count(*) from ledger.account where status = 'closed' and overdraft_limit = 500"));
  }

  @Test
  void keepsAmountsOf38Digits() {
    AccountNumber issuer = ledger.open(Product.INTERNAL, LedgerFixture.QXC);
    AccountNumber ada = ledger.open(Product.CURRENT, LedgerFixture.QXC);
    Amount largest = Amount.of(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    var mint =
        PostTransfers.of(TransferOrder.of(LedgerFixture.newId(), issuer, ada, new Money(largest, LedgerFixture.QXC)));
    assertTrue(ledger.submit(mint) instanceof Outcome.Accepted);
    var one = PostTransfers.of(
        TransferOrder.of(LedgerFixture.newId(), issuer, ada, Money.ofMinorUnits(1, LedgerFixture.QXC)));
    assertEquals(Clause.BALANCE_OUT_OF_RANGE, clauseOf(ledger.submit(one)));
    ledger.awaitProjection();
    ledger.restart();
    assertEquals(largest, ledger.engine().state().committed(ada).orElseThrow().booked());
    assertEquals(largest.negated(), ledger.engine().state().committed(issuer).orElseThrow().booked());
  }

  @Test
  void rebuildsTheProjectionFromTheLog() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    var transfers = new ArrayList<Instruction>();
    for (int i = 0; i < 5_000; i++) {
      transfers.add(i % 3 == 0 ? transfer(ada, vault, 1_000_000) : transfer(vault, ada, i));
    }
    transfers.set(1, transfer(vault, ada, 7));
    ledger.engine().submitAll(transfers);
    ledger.awaitProjection();
    long expected = ledger.booked(ada);
    ledger.engine().close();
    ledger
        .execute(
            "truncate ledger.posting, ledger.account, ledger.business_day, ledger.shifted, ledger.hold, ledger.period; "
                + "update ledger.projection set seq = 0");
    ledger.start(ledger.database());
    ledger.awaitProjection();
    assertEquals(expected, ledger.booked(ada));
    assertEquals(expected, ledger.count("select balance from ledger.account where number = " + ada));
    assertFalse(ledger.count("select count(*) from ledger.log where kind = 2") == 0);
  }

  private static Clause clauseOf(Outcome outcome) {
    return ((Outcome.Refused) outcome).refusal().clause();
  }
}
