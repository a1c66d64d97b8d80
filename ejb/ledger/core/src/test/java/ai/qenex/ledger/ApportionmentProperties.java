package ai.qenex.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** ALLOCATION-1: what is split adds up to what there was, and each part is as near to its exact value as may be. */
class ApportionmentProperties {

  /** An exact fraction, the slow and obvious way. */
  private record Fraction(BigInteger over, BigInteger under) {

    boolean lessThan(Fraction other) {
      return over.multiply(other.under).compareTo(other.over.multiply(under)) < 0;
    }
  }

  @Provide
  Arbitrary<List<Portion>> portions() {
    Arbitrary<BigInteger> weights = Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN),
        Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.TEN.pow(37)));
    return weights.list().ofMinSize(1).ofMaxSize(30).map(parts -> {
      BigInteger sum = parts.stream().reduce(BigInteger.ZERO, BigInteger::add);
      return parts.stream().map(part -> new Portion(part, sum)).toList();
    });
  }

  @Provide
  Arbitrary<BigInteger> wholes() {
    return Arbitraries.oneOf(Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.valueOf(50)),
        Arbitraries.bigIntegers().between(BigInteger.ZERO, AllocationFlow.LARGEST));
  }

  @Property
  void splitsExactlyByTheLargestRemainder(@ForAll("wholes") BigInteger whole,
      @ForAll("portions") List<Portion> portions) {
    List<BigInteger> parts = Apportionment.split(whole, portions);
    assertEquals(whole, parts.stream().reduce(BigInteger.ZERO, BigInteger::add));
    var losses = new ArrayList<Fraction>();
    var wasRaised = new ArrayList<Boolean>();
    for (int i = 0; i < parts.size(); i++) {
      BigInteger under = portions.get(i).denominator();
      BigInteger exact = whole.multiply(portions.get(i).numerator());
      BigInteger floor = exact.divide(under);
      BigInteger raise = parts.get(i).subtract(floor);
      assertTrue(raise.signum() >= 0 && raise.compareTo(BigInteger.ONE) <= 0, "less than one unit away");
      losses.add(new Fraction(exact.subtract(floor.multiply(under)), under));
      wasRaised.add(raise.signum() > 0);
      assertTrue(losses.get(i).over.signum() > 0 || !wasRaised.get(i), "an exact part stays");
    }
    for (int raised = 0; raised < parts.size(); raised++) {
      for (int not = 0; not < parts.size(); not++) {
        if (wasRaised.get(raised) && !wasRaised.get(not)) {
          assertTrue(!losses.get(raised).lessThan(losses.get(not)), "the largest remainder comes first");
          assertTrue(raised < not || losses.get(not).lessThan(losses.get(raised)), "of equal ones the earlier");
        }
      }
    }
  }

  @Example
  void readsPortionsExactly() {
    assertEquals(Portion.of(1, 8), Portion.parse("12.5%"));
    assertEquals(Portion.of(2, 3), Portion.parse("4/6"));
    assertEquals(Portion.WHOLE, Portion.parse("100.000%"));
    assertEquals(new Portion(BigInteger.ONE, BigInteger.TEN.pow(39)), Portion.parse("0." + "0".repeat(36) + "1%"));
    for (String wrong : List.of("", "1", "0/3", "0%", "4/3", "101%", "-1/3", "1/0", "1.5/3", ".5%", "5.%", "1 /3",
        "1e2%", "١/٣", "0." + "0".repeat(37) + "1%", "1/" + "9".repeat(41))) {
      assertThrows(IllegalArgumentException.class, () -> Portion.parse(wrong), wrong);
    }
  }

  private static Share<String> share(String portion) {
    return new Share<>(portion.isEmpty() ? Optional.empty() : Optional.of(Portion.parse(portion)), "someone");
  }

  @Example
  void refusesSharesThatAreNotTheWhole() {
    assertEquals(List.of(Portion.of(1, 3), Portion.of(1, 3), Portion.of(1, 3)),
        Share.portions(List.of(share("1/3"), share("1/3"), share(""))));
    assertThrows(IllegalArgumentException.class, () -> Share.portions(List.of(share("33.33%"), share("2/3"))));
    assertThrows(IllegalArgumentException.class, () -> Share.portions(List.of(share("1/3"), share("66.67%"))));
    assertThrows(IllegalArgumentException.class, () -> Share.portions(List.of(share("1/2"), share(""), share(""))));
    assertThrows(IllegalArgumentException.class,
        () -> Share.portions(List.of(share("1/3"), share("2/3"), share(""))));
  }

  /** The example of Balinski and Young, Fair Representation (1982): 26 seats for 26,000 people. */
  @Example
  void splitsAsHamiltonDid() {
    List<Portion> states = List.of(9_061, 7_179, 5_259, 3_319, 1_182).stream()
        .map(people -> Portion.of(people, 26_000)).toList();
    assertEquals(List.of(9, 7, 5, 4, 1), Apportionment.split(BigInteger.valueOf(26), states).stream()
        .map(BigInteger::intValueExact).toList());
  }
}
