package ai.qenex.web.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.web.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset QXC = new Asset("QXC", 18);

  @Test
  void readsAmountsInTheirScale() {
    assertEquals("12.50", Values.positiveMoney("/amount", "12.5", EUR).toDecimalString());
    assertEquals("0.000000000000000001",
        Values.positiveMoney("/amount", "0.000000000000000001", QXC).toDecimalString());
    assertEquals("9".repeat(36) + ".99",
        Values.positiveMoney("/amount", "9".repeat(36) + ".99", EUR).toDecimalString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0.00", "-1", "+1", "1.234", "1e3", "1,5", " 1", "1 ", "NaN", "0x1", ".5", "5.",
      "--1", "1.2.3", "١",
      "9999999999999999999999999999999999999", "1000000000000000000000000000000000000000000000000000000000"})
  void refusesWhatIsNoAmount(String text) {
    ProblemException refusal = assertThrows(ProblemException.class, () -> Values.positiveMoney("/amount", text, EUR));
    assertEquals("/amount", refusal.problem().figures().get("path"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "1e-1000000000", "1e38", "0e5", "-1", "0.001"})
  void refusesNumbersThatAreNoAmountInNoTime(String number) {
    assertThrows(ProblemException.class, () -> Values.positiveMoney("/amount", new BigDecimal(number), EUR));
  }

  @Property
  void readsEveryUuidAndNothingElse(@ForAll long high, @ForAll long low, @ForAll String other) {
    UUID id = new UUID(high, low);
    assertEquals(id, Values.uuid("/id", id.toString()));
    assertEquals(id, Values.uuid("/id", id.toString().toUpperCase(java.util.Locale.ROOT)));
    assertFalse(Values.isUuid(other));
    assertFalse(Values.isUuid(id + "0"));
    assertFalse(Values.isUuid("{" + id.toString().substring(2) + "}"));
    assertFalse(Values.isUuid("１" + id.toString().substring(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b", "a\nb", "\u0085", "\ud800", "a\udc00", "\uffff", "\ufffe",
      "too long a text"})
  void refusesTextThatNoDocumentCanCarry(String text) {
    assertThrows(ProblemException.class, () -> Values.text("/reference", text, 10));
  }

  @Test
  void takesTextOfAllScripts() {
    assertEquals("Grüße 日本 😀", Values.text("/reference", "Grüße 日本 😀", 140));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-02-29", "2027-2-1", "27-02-01", "+999999999-12-31", "0001-01-01", "3000-01-01", "today",
      "",
      "2027-02-01T00:00:00Z"})
  void refusesWhatIsNoDate(String text) {
    assertThrows(ProblemException.class, () -> Values.date("/valueDate", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-02-28", "now", "+1000000000-01-01T00:00:00Z", "-1000000000-01-01T00:00:00Z", ""})
  void refusesWhatIsNoInstant(String text) {
    assertThrows(ProblemException.class, () -> Values.instant("at", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "a", "", "99999999999", "1.0"})
  void refusesLimitsOutOfRange(String text) {
    assertThrows(ProblemException.class, () -> Values.pageLimit(text));
  }

  @Test
  void takesTheIdOfTheBodyThenOfTheHeaderThenANewOne() {
    UUID id = UUID.fromString("0190a000-0000-7000-8000-000000000001");
    UUID other = UUID.fromString("0190a000-0000-7000-8000-000000000002");
    assertEquals(id, IdempotencyKey.idOf(Optional.of(id.toString()), other.toString(), "c"));
    assertEquals(other, IdempotencyKey.idOf(Optional.empty(), other.toString(), "c"));
    assertEquals(7, IdempotencyKey.idOf(Optional.empty(), null, "c").version());
  }

  @Test
  void derivesTheSameIdForTheSameClientAndKey() {
    UUID id = IdempotencyKey.idOf("order-4711", "demo-teller");
    assertEquals(id, IdempotencyKey.idOf("order-4711", "demo-teller"));
    assertNotEquals(id, IdempotencyKey.idOf("order-4711", "demo-operator"));
    assertNotEquals(IdempotencyKey.idOf("bc", "a"), IdempotencyKey.idOf("c", "ab"));
    assertTrue(id.version() == 8 && id.variant() == 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with blank", "ümlaut", "\u0007"})
  void refusesKeysThatAreNotVisibleAscii(String key) {
    assertThrows(ProblemException.class, () -> IdempotencyKey.idOf(key, "c"));
    assertThrows(ProblemException.class, () -> IdempotencyKey.idOf("k".repeat(129), "c"));
  }
}
