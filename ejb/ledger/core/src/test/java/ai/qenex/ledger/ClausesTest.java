package ai.qenex.ledger;

import static ai.qenex.ledger.engine.TestLedger.DAY;
import static ai.qenex.ledger.engine.TestLedger.EUR;
import static ai.qenex.ledger.engine.TestLedger.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.ChangeAccount.Close;
import ai.qenex.ledger.ChangeAccount.Freeze;
import ai.qenex.ledger.ChangeAccount.SetOverdraftLimit;
import ai.qenex.ledger.ChangeAccount.Unfreeze;
import ai.qenex.ledger.engine.TestLedger;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which the ledger says no. */
class ClausesTest {

  private static final BusinessDate NEXT_DAY = BusinessDate.parse("2027-03-02");

  private final TestLedger ledger = new TestLedger();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);
  private final AccountNumber bob = ledger.open(Product.SAVINGS);
  private final AccountNumber nobody = new AccountNumber(99);

  @Test
  void rejectsTransferThatExceedsAvailableBalance() {
    ledger.submit(ledger.transfer(vault, ada, 100));
    ledger.change(ada, new SetOverdraftLimit(Amount.of(50)));
    assertEquals(
        Map.of("booked", "1.00", "held", "0.00", "overdraftLimit", "0.50", "available", "1.50", "requested", "1.51"),
        ledger.figuresOf(ledger.transfer(ada, bob, 151)));
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(ledger.transfer(ada, bob, 151)));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(ledger.transfer(ada, bob, 150)));
    assertEquals(-50, ledger.booked(ada));
  }

  @Test
  void rejectsTransferOfFrozenOrClosedAccount() {
    ledger.change(ada, new Freeze());
    assertEquals(Clause.ACCOUNT_FROZEN, ledger.clauseOf(ledger.transfer(vault, ada, 1)));
    assertEquals(Map.of("account", ada.toString()), ledger.figuresOf(ledger.transfer(ada, vault, 1)));
    ledger.change(ada, new Unfreeze());
    ledger.change(ada, new Close());
    assertEquals(Clause.ACCOUNT_CLOSED, ledger.clauseOf(ledger.transfer(vault, ada, 1)));
  }

  @Test
  void rejectsTransferWithoutTwoKnownAccounts() {
    assertEquals(Map.of("account", "99"), ledger.figuresOf(ledger.transfer(nobody, ada, 1)));
    assertEquals(Clause.ACCOUNT_NOT_FOUND, ledger.clauseOf(ledger.transfer(ada, nobody, 1)));
    assertEquals(Clause.SAME_ACCOUNT, ledger.clauseOf(ledger.transfer(vault, vault, 1)));
  }

  @Test
  void rejectsTransferOfAnotherAsset() {
    var dollars = PostTransfers.of(TransferOrder.of(ledger.newId(), vault, ada, Money.ofMinorUnits(1, USD)));
    assertEquals(Map.of("asset", "USD", "debitAsset", "EUR", "creditAsset", "EUR"), ledger.figuresOf(dollars));
    assertEquals(Clause.ASSET_MISMATCH, ledger.clauseOf(dollars));
  }

  @Test
  void rejectsBalanceOfMoreThan38Digits() {
    Amount largest = Amount.of(BigInteger.TEN.pow(38).subtract(BigInteger.ONE));
    ledger.submit(PostTransfers.of(TransferOrder.of(ledger.newId(), vault, ada, new Money(largest, EUR))));
    assertEquals(Clause.BALANCE_OUT_OF_RANGE, ledger.clauseOf(ledger.transfer(vault, bob, 1)));
    assertEquals(Clause.BALANCE_OUT_OF_RANGE, ledger.clauseOf(ledger.transfer(vault, ada, 1)));
  }

  @Test
  void rejectsTransferIntoADayThatIsNotOpen() {
    assertEquals(Clause.BUSINESS_DATE_NOT_OPEN, ledger.clauseOf(dated(NEXT_DAY)));
    ledger.submit(new OpenBusinessDate(ledger.newId(), NEXT_DAY));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(dated(NEXT_DAY)));
    assertInstanceOf(Outcome.Accepted.class, ledger.submit(dated(DAY)));
    ledger.submit(new CloseBusinessDate(ledger.newId(), DAY));
    assertEquals(
        Map.of("businessDate", "2027-03-01", "openDates", "2027-03-02"), ledger.figuresOf(dated(DAY)));
  }

  private PostTransfers dated(BusinessDate date) {
    return PostTransfers.of(new TransferOrder(
        ledger.newId(), vault, ada, Money.ofMinorUnits(1, EUR), Optional.empty(), Optional.empty(), Optional.of(date)));
  }

  @Test
  void turnsTheDayInOrderOnly() {
    assertEquals(Clause.BUSINESS_DATE_OUT_OF_ORDER, ledger.clauseOf(new OpenBusinessDate(ledger.newId(), DAY)));
    assertEquals(Clause.BUSINESS_DATE_OUT_OF_ORDER, ledger.clauseOf(new CloseBusinessDate(ledger.newId(), DAY)));
    assertEquals(Clause.BUSINESS_DATE_NOT_OPEN, ledger.clauseOf(new CloseBusinessDate(ledger.newId(), NEXT_DAY)));
    ledger.submit(new OpenBusinessDate(ledger.newId(), NEXT_DAY));
    assertEquals(Clause.BUSINESS_DATE_OUT_OF_ORDER, ledger.clauseOf(new CloseBusinessDate(ledger.newId(), NEXT_DAY)));
  }

  @Test
  void rejectsGroupsWhole() {
    TransferOrder payIn = ledger.order(vault, ada, 100);
    TransferOrder tooMuch = ledger.order(ada, bob, 101);
    assertEquals(Clause.EXCEEDS_AVAILABLE_BALANCE, ledger.clauseOf(new PostTransfers(List.of(payIn, tooMuch))));
    assertEquals(Clause.LINKED_TRANSFER_REFUSED, ledger.clauseOf(PostTransfers.of(payIn)));
    assertEquals(
        Map.of("refusedId", tooMuch.id().toString(), "refusedCode", "EXCEEDS_AVAILABLE_BALANCE"),
        ledger.figuresOf(PostTransfers.of(payIn)));
    assertEquals(0, ledger.booked(ada));
  }

  @Test
  void closesEmptyAccountsOnly() {
    ledger.submit(ledger.transfer(vault, ada, 1));
    assertEquals(Clause.ACCOUNT_NOT_EMPTY, clauseOfChange(ada, new Close()));
    assertEquals(Clause.ACCOUNT_NOT_FOUND, clauseOfChange(nobody, new Close()));
  }

  private Clause clauseOfChange(AccountNumber account, ChangeAccount.Change change) {
    return ledger.clauseOf(new ChangeAccount(ledger.newId(), account, change));
  }

  @Test
  void changesAccountsInTheOrderOfTheirLifeOnly() {
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, clauseOfChange(ada, new Unfreeze()));
    ledger.change(ada, new Freeze());
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, clauseOfChange(ada, new Freeze()));
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, clauseOfChange(ada, new Close()));
    ledger.change(ada, new Unfreeze());
    ledger.change(ada, new Close());
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, clauseOfChange(ada, new Unfreeze()));
    assertEquals(Clause.ACCOUNT_STATE_FORBIDS, clauseOfChange(ada, new SetOverdraftLimit(Amount.ZERO)));
  }

  @Test
  void rejectsLimitsThatCannotHold() {
    ledger.change(ada, new SetOverdraftLimit(Amount.of(100)));
    ledger.submit(ledger.transfer(ada, bob, 100));
    assertEquals(Clause.BALANCE_BELOW_NEW_LIMIT, clauseOfChange(ada, new SetOverdraftLimit(Amount.of(99))));
    assertEquals(Clause.LIMIT_NOT_APPLICABLE, clauseOfChange(vault, new SetOverdraftLimit(Amount.of(99))));
    assertEquals(Clause.LIMIT_NOT_APPLICABLE, ledger.clauseOf(new OpenAccount(
        ledger.newId(), "EUR", "Bank", Product.INTERNAL, Optional.empty(), Optional.of(Amount.ZERO))));
  }

  @Test
  void rejectsOpeningWithTakenAliasOrUnknownAsset() {
    ledger.open(
        new OpenAccount(ledger.newId(), "EUR", "Bank", Product.INTERNAL, Optional.of("cash.EUR"), Optional.empty()));
    assertEquals(Map.of("alias", "cash.EUR"), ledger.figuresOf(new OpenAccount(
        ledger.newId(), "EUR", "Ada", Product.CURRENT, Optional.of("cash.EUR"), Optional.empty())));
    assertEquals(Clause.ALIAS_TAKEN, ledger.clauseOf(new OpenAccount(
        ledger.newId(), "EUR", "Ada", Product.CURRENT, Optional.of("cash.EUR"), Optional.empty())));
    assertEquals(Clause.ASSET_NOT_FOUND, ledger.clauseOf(new OpenAccount(
        ledger.newId(), "XXX", "Ada", Product.CURRENT, Optional.empty(), Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({
      "clearing.EUR, INTERNAL, true",
      "clearing.USD, INTERNAL, false",
      "clearing., INTERNAL, false",
      "clearing.XEUR, INTERNAL, false",
      "clearing.EUR, CURRENT, false",
      "nostro.COBADEFF.EUR, INTERNAL, true",
      "nostro.COBADEFF.USD, INTERNAL, false",
      "nostro.COBADEFF, INTERNAL, false",
      "nostro.COBADEFF.EUR, SAVINGS, false",
      "clearing, CURRENT, true",
      "nostro-fan, CURRENT, true",
      "my.clearing.EUR, CURRENT, true"})
  void givesReservedAliasesToInternalAccountsOfTheAssetOnly(String alias, Product product, boolean opens) {
    var opening = new OpenAccount(ledger.newId(), "EUR", "Ada", product, Optional.of(alias), Optional.empty());
    if (opens) {
      assertInstanceOf(Outcome.Accepted.class, ledger.submit(opening));
    } else {
      assertEquals(Map.of("alias", alias), ledger.figuresOf(opening));
      assertEquals(Clause.ALIAS_RESERVED, ledger.clauseOf(opening));
    }
  }

  @Test
  void rejectsOtherUseOfAnIdAndIdsFromTheFuture() {
    TransferOrder first = ledger.order(vault, ada, 1);
    ledger.submit(PostTransfers.of(first));
    assertEquals(Clause.IDEMPOTENCY_KEY_REUSED, ledger.clauseOf(
        PostTransfers.of(TransferOrder.of(first.id(), vault, ada, Money.ofMinorUnits(2, EUR)))));
    var late = UuidV7.of(TestLedger.NOW.plus(TestLedger.SKEW).toEpochMilli() + 1, 1, 1);
    var fromTheFuture = PostTransfers.of(TransferOrder.of(late, vault, ada, Money.ofMinorUnits(1, EUR)));
    assertEquals(Clause.ID_FROM_THE_FUTURE, ledger.clauseOf(fromTheFuture));
    assertEquals(Map.of("skewSeconds", "300"), ledger.figuresOf(fromTheFuture));
  }
}
