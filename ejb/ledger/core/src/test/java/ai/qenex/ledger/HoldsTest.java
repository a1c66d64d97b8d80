package ai.qenex.ledger;

import static ai.qenex.ledger.engine.TestLedger.EUR;
import static ai.qenex.ledger.engine.TestLedger.NOW;
import static ai.qenex.ledger.engine.TestLedger.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.ChangeAccount.SetOverdraftLimit;
import ai.qenex.ledger.engine.TestLedger;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** HOLD-1: reserve, take in parts, give back; and every way in which the ledger says no to that. */
class HoldsTest {

  private final TestLedger ledger = new TestLedger();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);
  private final AccountNumber shop = ledger.open(Product.CURRENT);

  private static Money euros(long cents) {
    return Money.ofMinorUnits(cents, EUR);
  }

  private PlaceHold placing(AccountNumber account, Money amount, Optional<Instant> expiresAt) {
    return new PlaceHold(ledger.newId(), account, amount, Optional.empty(), expiresAt, Optional.empty());
  }

  private UUID place(AccountNumber account, long cents) {
    PlaceHold placing = placing(account, euros(cents), Optional.empty());
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(placing));
    return placing.id();
  }

  private CaptureHold capturing(UUID hold, long cents, boolean last) {
    return new CaptureHold(ledger.newId(), hold, Optional.of(euros(cents)), Optional.of(shop), last, Optional.empty(),
        Optional.empty());
  }

  private void pay(AccountNumber to, long cents) {
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(ledger.transfer(vault, to, cents)));
  }

  @Test
  void explainsWhatIsAvailable() {
    pay(ada, 10_000);
    ledger.change(ada, new SetOverdraftLimit(Amount.of(500)));
    UUID hold = place(ada, 7_000);
    assertEquals(
        Map.of("booked", "100.00", "held", "70.00", "overdraftLimit", "5.00", "available", "35.00", "requested",
            "35.01"),
        ledger.figuresOf(placing(ada, euros(3_501), Optional.empty())));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(ledger.transfer(ada, shop, 3_501)));
    pay(shop, 1);
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(ledger.transfer(ada, shop, 3_500)));
    assertEquals(Map.of("booked", "65.00", "held", "70.00", "overdraftLimit", "4.99"),
        ((Outcome.Refused) ledger.change(ada, new SetOverdraftLimit(Amount.of(499)))).refusal().figures());
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(capturing(hold, 7_000, false)));
    assertEquals(-500, ledger.booked(ada));
  }

  @Test
  void holdsAnyAmountOnAnAccountWithoutFloorUpToThirtyEightDigits() {
    Amount largest = Amount.of(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    PlaceHold all = placing(vault, new Money(largest, EUR), Optional.empty());
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(all));
    assertEquals(Clause.BALANCE_OUT_OF_RANGE, ledger.clauseOf(placing(vault, euros(1), Optional.empty())));
    pay(ada, 100);
    ledger.submit(new ReleaseHold(ledger.newId(), all.id()));
    ledger.change(ada, new SetOverdraftLimit(largest));
    assertInstanceOf(Outcome.Accepted.class,
        ledger.submit(placing(ada, new Money(largest, EUR), Optional.empty())));
    assertEquals("1.00",
        ledger.figuresOf(placing(ada, euros(101), Optional.empty())).getOrDefault("available", "1.00"));
  }

  @Test
  void refusesHoldsThatCannotBe() {
    AccountNumber dollars = ledger.open(
        new OpenAccount(ledger.newId(), "USD", "Ada", Product.CURRENT, Optional.empty(), Optional.empty()));
    pay(ada, 100);
    assertEquals(Clause.ACCOUNT_NOT_FOUND, ledger.clauseOf(placing(new AccountNumber(99), euros(1), Optional.empty())));
    assertEquals(Clause.ASSET_MISMATCH,
        ledger.clauseOf(placing(ada, Money.ofMinorUnits(1, USD), Optional.empty())));
    assertEquals(Clause.ASSET_MISMATCH, ledger.clauseOf(forBeneficiary(dollars)));
    assertEquals(Clause.SAME_ACCOUNT, ledger.clauseOf(forBeneficiary(ada)));
    assertEquals(Clause.ACCOUNT_NOT_FOUND, ledger.clauseOf(forBeneficiary(new AccountNumber(99))));
    for (Instant at : List.of(NOW.minusSeconds(1), NOW.plus(PlaceHold.LONGEST).plusSeconds(1))) {
      assertEquals(Clause.HOLD_EXPIRY_OUT_OF_RANGE, ledger.clauseOf(placing(ada, euros(1), Optional.of(at))));
    }
    assertThrows(IllegalArgumentException.class, () -> placing(ada, euros(0), Optional.empty()));
  }

  private PlaceHold forBeneficiary(AccountNumber beneficiary) {
    return new PlaceHold(ledger.newId(), ada, euros(1), Optional.of(beneficiary), Optional.empty(), Optional.empty());
  }

  @Test
  void refusesCapturesThatCannotBe() {
    pay(ada, 1_000);
    UUID hold = place(ada, 600);
    UUID nobodys = ledger.newId();
    assertEquals(Map.of("hold", nobodys.toString()), ledger.figuresOf(capturing(nobodys, 1, false)));
    assertEquals(Clause.HOLD_NOT_FOUND, ledger.clauseOf(new ReleaseHold(ledger.newId(), nobodys)));
    assertEquals(Map.of("hold", hold.toString(), "held", "6.00", "requested", "6.01"),
        ledger.figuresOf(capturing(hold, 601, true)));
    var toNobody = new CaptureHold(ledger.newId(), hold, Optional.empty(), Optional.empty(), false, Optional.empty(),
        Optional.empty());
    assertEquals(Clause.HOLD_BENEFICIARY_MISSING, ledger.clauseOf(toNobody));
    var inDollars = new CaptureHold(ledger.newId(), hold, Optional.of(Money.ofMinorUnits(1, USD)), Optional.of(shop),
        false, Optional.empty(), Optional.empty());
    assertEquals(Clause.ASSET_MISMATCH, ledger.clauseOf(inDollars));
    ledger.submit(capturing(hold, 100, true));
    for (Instruction late : List.of(capturing(hold, 1, false), new ReleaseHold(ledger.newId(), hold),
        new ExpireHold(hold))) {
      assertEquals(Clause.HOLD_NOT_OPEN, ledger.clauseOf(late));
    }
    assertEquals(Map.of("hold", hold.toString(), "holdStatus", "captured"),
        ledger.figuresOf(capturing(hold, 1, false)));
    assertEquals(900, ledger.booked(ada));
  }

  @Test
  void recordsNoRefusalOfAnExpiryThatIsNotDue() {
    pay(ada, 1_000);
    PlaceHold placing = placing(ada, euros(600), Optional.of(NOW.plus(Duration.ofHours(1))));
    ledger.submit(placing);
    var expiry = new ExpireHold(placing.id());
    assertEquals(Clause.HOLD_NOT_DUE, ledger.clauseOf(expiry));
    ledger.passTime(Duration.ofHours(1));
    assertEquals(Clause.HOLD_EXPIRED, ledger.clauseOf(capturing(placing.id(), 1, false)));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(expiry));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(ledger.transfer(ada, shop, 1_000)));
  }

  @Test
  void linksHoldsCapturesReleasesAndTransfersAllOrNothing() {
    pay(ada, 1_000);
    UUID old = place(ada, 900);
    PlaceHold placing = placing(ada, euros(800), Optional.empty());
    PostTransfers tooMuch = ledger.transfer(ada, vault, 301);
    List<Instruction> parts =
        List.of(new ReleaseHold(ledger.newId(), old), placing, capturing(placing.id(), 100, false),
            capturing(placing.id(), 50, true), tooMuch);
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE,
        ledger.clauseOf(new LinkedInstructions(List.of(placing, ledger.transfer(ada, vault, 1)))));
    List<Instruction> again = List.of(new ReleaseHold(ledger.newId(), old), placing(ada, euros(850), Optional.empty()),
        ledger.transfer(ada, vault, 151));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(new LinkedInstructions(again)));
    assertEquals(1_000, ledger.booked(ada));
    PlaceHold fresh = placing(ada, euros(800), Optional.empty());
    var group = new LinkedInstructions(List.of(parts.get(0), fresh, capturing(fresh.id(), 100, false),
        capturing(fresh.id(), 50, true), ledger.transfer(ada, vault, 850)));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(group));
    assertEquals(0, ledger.booked(ada));
    assertEquals(150, ledger.booked(shop));
  }

  @Test
  void refusesGroupsThatAreNone() {
    PostTransfers one = ledger.transfer(vault, ada, 1);
    assertThrows(IllegalArgumentException.class, () -> new LinkedInstructions(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new LinkedInstructions(List.of(one, one)));
  }
}
