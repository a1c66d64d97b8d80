package ai.qenex.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.ChangeAccount.Change;
import ai.qenex.ledger.ChangeAccount.Close;
import ai.qenex.ledger.ChangeAccount.Freeze;
import ai.qenex.ledger.ChangeAccount.Reactivate;
import ai.qenex.ledger.ChangeAccount.Rest;
import ai.qenex.ledger.ChangeAccount.Side;
import ai.qenex.ledger.ChangeAccount.Unfreeze;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.engine.TestLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LEDGER-4: what an account takes in each state, and the ways from one to another. */
class AccountLifeTest {

  private static final Map<String, Change> CHANGES = Map.of("freeze", new Freeze(), "freezeDebits",
      new Freeze(Side.DEBITS), "freezeCredits", new Freeze(Side.CREDITS), "unfreeze", new Unfreeze(), "rest",
      new Rest(),
      "reactivate", new Reactivate(), "close", new Close());

  private final TestLedger ledger = new TestLedger();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);

  private AccountStatus status() {
    return ledger.accountOf(ada).status();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      freeze                     | FROZEN
      freezeDebits               | DEBITS_FROZEN
      freezeCredits              | CREDITS_FROZEN
      freezeDebits freezeCredits | FROZEN
      freezeCredits freezeDebits | FROZEN
      freezeDebits freeze        | FROZEN
      freezeDebits unfreeze      | OPEN
      freezeCredits unfreeze     | OPEN
      rest                       | DORMANT
      rest reactivate            | OPEN
      rest freezeDebits          | DEBITS_FROZEN
      rest freeze unfreeze       | OPEN
      rest close                 | CLOSED
      close                      | CLOSED
      """)
  void goesTheseWays(String changes, AccountStatus end) {
    for (String change : changes.split(" ")) {
      assertInstanceOf(Outcome.Accepted.class, ledger.change(ada, CHANGES.get(change)));
    }
    assertEquals(end, status());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      unfreeze             |
      reactivate           |
      freeze               | freeze
      freeze               | freezeDebits
      freeze               | freezeCredits
      freezeDebits         | freezeDebits
      freezeDebits         | close
      freezeDebits         | rest
      freeze               | reactivate
      rest                 | unfreeze
      rest                 | rest
      close                | freeze
      close                | reactivate
      close                | unfreeze
      close                | close
      """)
  void goesNoOther(String first, String second) {
    if (second != null) {
      ledger.change(ada, CHANGES.get(first));
    }
    AccountStatus before = status();
    var no = (Outcome.Refused) ledger.change(ada, CHANGES.get(second == null ? first : second));
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, no.refusal().clause());
    assertEquals(Map.of("status", before.code()), no.refusal().figures());
    assertEquals(before, status());
  }

  @ParameterizedTest
  @CsvSource({"freeze,ACCOUNT_FROZEN,ACCOUNT_FROZEN", "freezeDebits,ACCOUNT_FROZEN,",
      "freezeCredits,,ACCOUNT_FROZEN", "rest,ACCOUNT_DORMANT,"})
  void takesOneSideOrNone(String change, Clause debit, Clause credit) {
    ledger.submit(ledger.transfer(vault, ada, 100));
    ledger.change(ada, CHANGES.get(change));
    assertEquals(Optional.ofNullable(debit), clauseOf(ledger.transfer(ada, vault, 1)));
    assertEquals(Optional.ofNullable(credit), clauseOf(ledger.transfer(vault, ada, 1)));
    var hold = new PlaceHold(ledger.newId(), ada, Money.ofMinorUnits(1, TestLedger.EUR), Optional.of(vault),
        Optional.empty(), Optional.empty());
    assertEquals(Optional.ofNullable(debit), clauseOf(hold));
  }

  private Optional<Clause> clauseOf(Instruction instruction) {
    return ledger.submit(instruction) instanceof Outcome.Refused no ? Optional.of(no.refusal().clause())
        : Optional.empty();
  }

  @Test
  void keepsHoldsThroughAFreeze() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    var hold = new PlaceHold(ledger.newId(), ada, Money.ofMinorUnits(60, TestLedger.EUR), Optional.of(vault),
        Optional.empty(), Optional.empty());
    ledger.submit(hold);
    ledger.submit(ledger.transfer(ada, vault, 40));
    ledger.change(ada, new Freeze(Side.DEBITS));
    var capture = new CaptureHold(ledger.newId(), hold.id(), Optional.empty(), Optional.empty(), false,
        Optional.empty(), Optional.empty());
    assertEquals(Optional.of(Clause.ACCOUNT_FROZEN), clauseOf(capture));
    assertEquals(Optional.empty(), clauseOf(new ReleaseHold(ledger.newId(), hold.id())));
  }

  @Test
  void keepsWhoAskedAndWhy() {
    var asked = Optional.of(new Asked("olga", "Court order"));
    var freeze = new ChangeAccount(ledger.newId(), ada, new Freeze(), asked);
    var entry = (AccountChanged) ((Outcome.Accepted) ledger.submit(freeze)).entries().get(0);
    assertEquals(asked, entry.asked());
    var byAnother = new ChangeAccount(freeze.id(), ada, new Freeze(), Optional.of(new Asked("otto", "Court order")));
    assertEquals(List.of(entry), ((Outcome.Accepted) ledger.submit(byAnother)).entries());
    var forAnother = new ChangeAccount(freeze.id(), ada, new Freeze(), Optional.of(new Asked("olga", "A whim")));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, ledger.clauseOf(forAnother));
  }
}
