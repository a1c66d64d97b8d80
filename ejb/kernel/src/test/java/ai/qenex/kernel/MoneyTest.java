package ai.qenex.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {

  private static final String LARGEST = "99999999999999999999999999999999999999";
  private static final Asset USD = new Asset("USD", 2);
  private static final Asset JPY = new Asset("JPY", 0);
  private static final Asset QXC = new Asset("QXC", 18);

  @ParameterizedTest
  @CsvSource({"12.50,1250", "12.5,1250", "12,1200", "0.01,1", "-0.01,-1", "007,700", "0,0",
      "999999999999999999999999999999999999.99,99999999999999999999999999999999999999"})
  void readsDecimalsAtTheAssetsScale(String text, String minorUnits) {
    assertEquals(Amount.ofMinorUnits(minorUnits), Money.parse(text, USD).amount());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", ".", "1.", ".5", "1.234", "1e3", "+1", "1,000", "1 ", "0x1", "NaN", "1.2.3", "--1",
      "１",
      "1000000000000000000000000000000000000.00", "99999999999999999999999999999999999999999"})
  void refusesWhatIsNoAmountOfTheAsset(String text) {
    assertThrows(InvalidAmountException.class, () -> Money.parse(text, USD));
  }

  @Test
  void printsTheFullScale() {
    assertEquals("0.05", Money.ofMinorUnits(5, USD).toDecimalString());
    assertEquals("-12.50", Money.ofMinorUnits(-1250, USD).toDecimalString());
    assertEquals("7", Money.ofMinorUnits(7, JPY).toDecimalString());
    assertEquals("0.000000000000000001", Money.ofMinorUnits(1, QXC).toDecimalString());
  }

  @Test
  void refusesExcessScaleAndSizeOfNumbers() {
    assertEquals(Money.ofMinorUnits(100, USD), Money.of(new BigDecimal("1.000"), USD));
    assertThrows(InvalidAmountException.class, () -> Money.of(new BigDecimal("1.001"), USD));
    assertThrows(InvalidAmountException.class, () -> Money.of(new BigDecimal("1e99999999"), USD));
    assertThrows(InvalidAmountException.class, () -> Money.of(new BigDecimal("1e-99999999"), USD));
    assertEquals(Amount.ZERO, Money.of(new BigDecimal("0e99999999"), USD).amount());
  }

  @Test
  void neverAddsTwoAssets() {
    Money dollars = Money.ofMinorUnits(1, USD);
    Money yen = Money.ofMinorUnits(1, JPY);
    assertThrows(IllegalArgumentException.class, () -> dollars.plus(yen));
  }

  @Property
  void readsWhatItPrints(
      @ForAll @BigRange(min = "-" + LARGEST, max = LARGEST) BigInteger units, @ForAll @IntRange(max = 38) int scale) {
    Money money = new Money(Amount.of(units), new Asset("ABC", scale));
    assertEquals(money, Money.parse(money.toDecimalString(), money.asset()));
    assertEquals(money, Money.of(money.toBigDecimal(), money.asset()));
    assertEquals(money.toBigDecimal().toPlainString(), money.toDecimalString());
  }
}
