package ai.qenex.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Rounding;
import ai.qenex.ledger.ConversionQuote.Fixed;
import ai.qenex.ledger.ConversionQuote.Terms;
import ai.qenex.ledger.engine.TestLedger;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** FX-1: conversions conserve both assets, positions are the sum of what was traded, and rounding pays nobody. */
class ConvertCurrencyProperties {

  /** Twice the digits that any of these values needs. */
  private static final MathContext WIDE = new MathContext(300);

  /** One conversion. */
  record Trade(Fixed fixed, BigInteger amount, ExchangeRate rate, Optional<Portion> spread, Rounding rounding) {}

  @Provide
  Arbitrary<Trade> trades() {
    Arbitrary<BigInteger> amounts = Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.valueOf(1_000)),
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(30)));
    return Combinators.combine(Arbitraries.of(Fixed.values()), amounts, rates(), spreads(),
        Arbitraries.of(Rounding.values())).as(Trade::new);
  }

  @Provide
  Arbitrary<ExchangeRate> rates() {
    return Arbitraries.oneOf(
        Arbitraries.bigDecimals().between(new BigDecimal("0.000001"), new BigDecimal("200")).ofScale(6),
        Arbitraries.bigDecimals().between(new BigDecimal("0.000000000000000001"), BigDecimal.TEN).ofScale(18))
        .map(ExchangeRate::new);
  }

  @Provide
  Arbitrary<Optional<Portion>> spreads() {
    return Arbitraries.longs().between(0, 999).map(
        tenth -> tenth == 0 ? Optional.empty() : Optional.of(Portion.of(tenth, 1_000)));
  }

  private static Terms terms(Trade trade) {
    return new Terms(TestLedger.EUR, new Asset("BTC", 8), trade.rate, trade.spread);
  }

  /** The value of the computed side before the spread, the slow way. */
  private static BigDecimal mid(Trade trade) {
    BigDecimal rate = trade.rate.value().movePointRight(6);
    var amount = new BigDecimal(trade.amount);
    return trade.fixed == Fixed.SELL ? amount.multiply(rate) : amount.divide(rate, WIDE);
  }

  private static BigDecimal kept(Trade trade) {
    return BigDecimal.ONE.subtract(trade.spread.map(part -> new BigDecimal(part.numerator())
        .divide(new BigDecimal(part.denominator()), WIDE)).orElse(BigDecimal.ZERO));
  }

  @Property
  void reckonsAsTheOracleDoes(@ForAll("trades") Trade trade) {
    ConversionQuote quote = ConversionQuote.of(trade.fixed, trade.amount, terms(trade), trade.rounding);
    BigDecimal exact = trade.fixed == Fixed.SELL ? mid(trade).multiply(kept(trade))
        : mid(trade).divide(kept(trade), WIDE);
    BigDecimal off = new BigDecimal(quote.customer()).subtract(exact);
    BigDecimal margin = trade.fixed == Fixed.SELL ? mid(trade).subtract(exact) : exact.subtract(mid(trade));
    BigDecimal blur = new BigDecimal("1e-40");
    switch (trade.rounding) {
      case DOWN -> assertBetween("-1", off, "0", blur);
      case UP -> assertBetween("0", off, "1", blur);
      case HALF_UP, HALF_EVEN -> assertBetween("-0.5", off, "0.5", blur);
    }
    assertBetween("-0.5", new BigDecimal(quote.position()).subtract(mid(trade)), "0.5", blur);
    assertBetween("-1", new BigDecimal(quote.margin()).subtract(margin), "0", blur);
    BigInteger sign = trade.fixed == Fixed.SELL ? BigInteger.ONE : BigInteger.ONE.negate();
    assertEquals(quote.position(),
        quote.customer().add(sign.multiply(quote.margin().add(quote.residue()))), "nothing is lost");
    assertTrue(quote.residue().abs().compareTo(BigInteger.TWO) <= 0, "the residue is at most two minor units");
  }

  private static void assertBetween(String low, BigDecimal value, String high, BigDecimal blur) {
    assertTrue(value.compareTo(new BigDecimal(low).subtract(blur)) >= 0
        && value.compareTo(new BigDecimal(high).add(blur)) <= 0,
        () -> value.setScale(6, RoundingMode.HALF_EVEN) + " is not between " + low + " and " + high);
  }

  /** With the bank's rounding no way to cut a conversion into pieces gets the customer a minor unit more. */
  @Property
  void splittingNeverPays(@ForAll("trades") Trade any, @ForAll("cut") int cut) {
    Rounding rounding = ConvertCurrency.againstTheCustomer(any.fixed);
    BigInteger part = any.amount.multiply(BigInteger.valueOf(cut)).divide(BigInteger.valueOf(100));
    BigInteger whole = customer(any, any.amount, rounding);
    BigInteger pieces = customer(any, part, rounding).add(customer(any, any.amount.subtract(part), rounding));
    assertTrue(any.fixed == Fixed.SELL ? pieces.compareTo(whole) <= 0 : pieces.compareTo(whole) >= 0);
    // with another rounding he gains less than a minor unit for each further piece
    BigInteger gain = customer(any, part, any.rounding)
        .add(customer(any, any.amount.subtract(part), any.rounding)).subtract(customer(any, any.amount, any.rounding));
    assertTrue(gain.abs().compareTo(BigInteger.ONE) <= 0);
  }

  @Provide
  Arbitrary<Integer> cut() {
    return Arbitraries.integers().between(0, 100);
  }

  private static BigInteger customer(Trade trade, BigInteger amount, Rounding rounding) {
    return ConversionQuote.of(trade.fixed, amount, terms(trade), rounding).customer();
  }

  /** A bank with customers of both assets, who may go far below zero. */
  private static final class Desk {

    private final TestLedger ledger = new TestLedger();
    private final AccountNumber euros = customer("EUR");
    private final AccountNumber dollars = customer("USD");

    Desk() {
      for (String asset : List.of("EUR", "USD")) {
        for (String prefix : List.of("position.", "income.fx.", "rounding.")) {
          ledger.open(new OpenAccount(ledger.newId(), asset, "Bank", Product.INTERNAL, Optional.of(prefix + asset),
              Optional.empty()));
        }
      }
    }

    private AccountNumber customer(String asset) {
      return ledger.open(new OpenAccount(ledger.newId(), asset, "Ada", Product.CURRENT, Optional.empty(),
          Optional.of(Amount.of(BigInteger.TEN.pow(37)))));
    }

    ConvertCurrency asked(Trade trade) {
      Asset asset = trade.fixed == Fixed.SELL ? TestLedger.EUR : TestLedger.USD;
      return new ConvertCurrency(ledger.newId(), euros, dollars, trade.fixed,
          new Money(Amount.of(trade.amount), asset), trade.rate, trade.spread, trade.rounding, Optional.empty(),
          Optional.empty());
    }

    BigInteger balance(String alias) {
      return balance(ledger.numberOf(alias));
    }

    BigInteger balance(AccountNumber number) {
      return ledger.balance(number).toBigInteger();
    }
  }

  @Property(tries = 300)
  void conservesBothAssetsAndPositionsAreTheSumOfAllConversions(@ForAll("manyTrades") List<Trade> trades) {
    var desk = new Desk();
    BigInteger bought = BigInteger.ZERO;
    BigInteger sold = BigInteger.ZERO;
    for (Trade trade : trades) {
      ConvertCurrency asked = desk.asked(trade);
      Outcome outcome = desk.ledger.submit(asked);
      if (outcome instanceof Outcome.Accepted accepted) {
        var terms = new Terms(TestLedger.EUR, TestLedger.USD, trade.rate, trade.spread);
        BigInteger position = ConversionQuote.of(trade.fixed, trade.amount, terms, trade.rounding).position();
        bought = bought.add(trade.fixed == Fixed.SELL ? trade.amount : position);
        sold = sold.add(trade.fixed == Fixed.SELL ? position : trade.amount);
        assertEquals(accepted.entries(), ((Outcome.Accepted) desk.ledger.submit(asked)).entries());
      }
    }
    assertEquals(bought, desk.balance("position.EUR"));
    assertEquals(sold.negate(), desk.balance("position.USD"));
    for (String asset : List.of("EUR", "USD")) {
      assertEquals(BigInteger.ZERO, desk.balance(asset.equals("EUR") ? desk.euros : desk.dollars)
          .add(desk.balance("position." + asset)).add(desk.balance("income.fx." + asset))
          .add(desk.balance("rounding." + asset)));
      assertTrue(desk.balance("income.fx." + asset).signum() >= 0);
    }
  }

  @Provide
  Arbitrary<List<Trade>> manyTrades() {
    return trades().list().ofMinSize(1).ofMaxSize(12);
  }

  @Example
  void convertsAFixedSaleAndAFixedPurchase() {
    var desk = new Desk();
    var rate = new ExchangeRate(new BigDecimal("1.0825"));
    Optional<Portion> spread = Optional.of(Portion.parse("0.5%"));
    desk.ledger.submit(desk.asked(new Trade(Fixed.SELL, BigInteger.valueOf(10_000), rate, spread, Rounding.DOWN)));
    // 108.25 at the rate: 107.70875 for the customer, 0.54125 for the bank
    assertEquals(List.of(-10_000, 10_770, 10_000, -10_825, 54, 1), List.of(desk.balance(desk.euros),
        desk.balance(desk.dollars), desk.balance("position.EUR"), desk.balance("position.USD"),
        desk.balance("income.fx.USD"), desk.balance("rounding.USD")).stream().map(BigInteger::intValueExact).toList());
    desk.ledger.submit(desk.asked(new Trade(Fixed.BUY, BigInteger.valueOf(10_825), rate, spread, Rounding.UP)));
    // 100.00 at the rate: 100.502513 from the customer
    assertEquals(List.of(-20_051, 21_595, 20_000, -21_650, 50, 1), List.of(desk.balance(desk.euros),
        desk.balance(desk.dollars), desk.balance("position.EUR"), desk.balance("position.USD"),
        desk.balance("income.fx.EUR"), desk.balance("rounding.EUR")).stream().map(BigInteger::intValueExact).toList());
  }

  @Example
  void refusesWithFigures() {
    var desk = new Desk();
    var tiny = new Trade(Fixed.SELL, BigInteger.ONE, new ExchangeRate(new BigDecimal("0.001")), Optional.empty(),
        Rounding.DOWN);
    assertEquals("{sell=0.01 EUR, buy=0.00 USD}", desk.ledger.figuresOf(desk.asked(tiny)).toString());
    var sameAsset = new ConvertCurrency(desk.ledger.newId(), desk.euros, desk.euros, Fixed.SELL,
        Money.ofMinorUnits(1, TestLedger.EUR), tiny.rate, Optional.empty(), Rounding.DOWN, Optional.empty(),
        Optional.empty());
    assertEquals(Clause.SAME_ASSET, desk.ledger.clauseOf(sameAsset));
    var huge = new Trade(Fixed.SELL, AllocationFlow.LARGEST, new ExchangeRate(BigDecimal.TEN), Optional.empty(),
        Rounding.DOWN);
    assertEquals(Clause.BALANCE_OUT_OF_RANGE, desk.ledger.clauseOf(desk.asked(huge)));
    var tooMuch = new Trade(Fixed.SELL, BigInteger.TEN.pow(37).add(BigInteger.ONE), new ExchangeRate(BigDecimal.ONE),
        Optional.empty(), Rounding.DOWN);
    assertTrue(desk.ledger.figuresOf(desk.asked(tooMuch)).keySet().containsAll(List.of("available", "sell", "buy")));
    var bare = new TestLedger();
    AccountNumber euros = bare.open(Product.CURRENT);
    AccountNumber dollars = bare.open(new OpenAccount(bare.newId(), "USD", "Ada", Product.CURRENT, Optional.empty(),
        Optional.empty()));
    assertEquals("{alias=position.EUR}", bare.figuresOf(new ConvertCurrency(bare.newId(), euros, dollars, Fixed.SELL,
        Money.ofMinorUnits(1, TestLedger.EUR), tiny.rate, Optional.empty(), Rounding.DOWN, Optional.empty(),
        Optional.empty())).toString());
  }
}
