package ai.qenex.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** AMOUNT-1: the long path and the wide path give the same results as BigInteger, the slow obvious oracle. */
class AmountProperties {

  private static final BigInteger LIMIT = BigInteger.TEN.pow(Amount.MAX_DIGITS);

  @Provide
  Arbitrary<BigInteger> units() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(BigInteger::valueOf),
        Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, 1L, -1L).map(BigInteger::valueOf),
        Arbitraries.bigIntegers().between(LIMIT.negate().add(BigInteger.ONE), LIMIT.subtract(BigInteger.ONE)));
  }

  @Property
  void addsLikeTheOracle(@ForAll("units") BigInteger a, @ForAll("units") BigInteger b) {
    assertSame(a.add(b), () -> Amount.of(a).plus(Amount.of(b)));
  }

  @Property
  void subtractsLikeTheOracle(@ForAll("units") BigInteger a, @ForAll("units") BigInteger b) {
    assertSame(a.subtract(b), () -> Amount.of(a).minus(Amount.of(b)));
  }

  @Property
  void negatesComparesAndPrintsLikeTheOracle(@ForAll("units") BigInteger a, @ForAll("units") BigInteger b) {
    assertEquals(Amount.of(a.negate()), Amount.of(a).negated());
    assertEquals(a.compareTo(b), Amount.of(a).compareTo(Amount.of(b)));
    assertEquals(a.equals(b), Amount.of(a).equals(Amount.of(b)));
    assertEquals(a.signum(), Amount.of(a).signum());
    assertEquals(a.toString(), Amount.of(a).toString());
    assertEquals(Amount.of(a), Amount.ofMinorUnits(a.toString()));
  }

  private static void assertSame(BigInteger expected, java.util.function.Supplier<Amount> actual) {
    if (expected.abs().compareTo(LIMIT) < 0) {
      assertEquals(expected, actual.get().toBigInteger());
      assertEquals(Amount.of(expected), actual.get());
      assertEquals(Amount.of(expected).hashCode(), actual.get().hashCode());
    } else {
      assertThrows(ArithmeticException.class, actual::get);
    }
  }
}
