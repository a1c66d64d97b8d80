package ai.qenex.payments.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRulesTest {

  private static final Map<String, Asset> ASSETS = Map.of("EUR", new Asset("EUR", 2), "JPY", new Asset("JPY", 0), "BHD",
      new Asset("BHD", 3), "QXC", new Asset("QXC", 18), "USDC", new Asset("USDC", 2));

  @ParameterizedTest
  @CsvSource({"12.50, EUR, 12.50 EUR", "12.5, EUR, 12.50 EUR", "12.50000, EUR, 12.50 EUR", "+12.5, EUR, 12.50 EUR",
      "' 7. ', EUR, 7.00 EUR", ".5, EUR, 0.50 EUR", "007, EUR, 7.00 EUR", "1000, JPY, 1000 JPY",
      "1000.00, JPY, 1000 JPY",
      "0.001, BHD, 0.001 BHD", "999999999.99, EUR, 999999999.99 EUR", "000.10, EUR, 0.10 EUR"})
  void readsAmountsAsXmlSchemaWritesThem(String text, String currency, String money) {
    assertEquals(money, ((Judgement.Passed<Money>) judge(text, currency)).finding().toString());
  }

  @ParameterizedTest
  @CsvSource({"0, EUR, AM01", "0.000, EUR, AM01", ".0, EUR, AM01", "12.501, EUR, CH20", "10.5, JPY, CH20",
      "0.0001, BHD, CH20",
      "1000000000, EUR, AM02", "1, QXC, AM03", "1, ZZZ, AM03", "1, USDC, AM03", "-1, EUR, AM02"})
  void refusesAmountsWithTheirReason(String text, String currency, ReasonCode code) {
    assertEquals(code, ((Judgement.Failed<Money>) judge(text, currency)).fault().code());
  }

  @ParameterizedTest
  @CsvSource({"2027-02-26, ''", "2027-02-25, ''", "2027-01-27, ''", "2027-01-26, DT01", "2027-02-27, DT01",
      "2028-01-01, DT01"})
  void takesExecutionDatesOfTodayAndTheThirtyDaysBefore(LocalDate requested, String code) {
    assertEquals(code, code(OrderRules.executionDate(requested, LocalDate.of(2027, 2, 26))));
  }

  @ParameterizedTest
  @CsvSource({"'', '', ''", "SLEV, '', ''", "'', SHAR, ''", "DEBT, DEBT, ''", "SLEV, SHAR, CH07", "CRED, '', AG03",
      "'', CRED, AG03",
      "CRED, CRED, AG03"})
  void takesChargeBearersThatLeaveTheAmountAlone(String ofGroup, String ofTransfer, String code) {
    assertEquals(code, code(OrderRules.chargeBearer(present(ofGroup), present(ofTransfer))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/A", "A/", "A//B", "A_B", "\u00c4", "A\tB", "A&B", "A\"B"})
  void refusesIdentifiersOutsideTheSwiftSet(String id) {
    assertEquals("CH16", code(OrderRules.identifier(id, Part.END_TO_END_ID)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "A/B", "RF18-5390.0754,7034", "(x) 'y'+?:", "a b"})
  void takesIdentifiersOfTheSwiftSet(String id) {
    assertEquals("", code(OrderRules.identifier(id, Part.END_TO_END_ID)));
  }

  @Test
  void takesNamesOfAnyScriptButNoControlCharacters() {
    assertEquals("",
        code(OrderRules.text("J\u00f6rg \u0416\u0443\u043a \u6f22 & Co. \ud83d\ude00", Part.CREDITOR_NAME)));
    for (String bad : new String[] {"a\u0007b", "a\nb", "a\uE000b", "a\uD800b", "a\uFFFFb"}) {
      assertEquals("CH16", code(OrderRules.text(bad, Part.CREDITOR_NAME)));
    }
  }

  @Test
  void knowsWhatFitsIso20022() {
    assertTrue(OrderRules.fitsIso(new Asset("EUR", 2)));
    assertFalse(OrderRules.fitsIso(new Asset("QXC", 18)));
    assertFalse(OrderRules.fitsIso(new Asset("USDC", 2)));
    assertTrue(OrderRules.fitsIso(Money.ofMinorUnits(999_999_999_999_999_999L, new Asset("EUR", 2))));
    assertFalse(OrderRules.fitsIso(Money.ofMinorUnits(-1_000_000_000_000_000_000L, new Asset("EUR", 2))));
  }

  private static Judgement<Money> judge(String text, String currency) {
    return OrderRules.amount(text, Optional.ofNullable(ASSETS.get(currency)));
  }

  private static Optional<String> present(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }

  private static String code(Optional<Fault> fault) {
    return fault.map(each -> each.code().name()).orElse("");
  }
}
