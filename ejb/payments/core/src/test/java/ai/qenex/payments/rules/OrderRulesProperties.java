package ai.qenex.payments.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class OrderRulesProperties {

  private static final LocalDate TODAY = LocalDate.of(2027, 2, 26);

  /** Oracle: BigDecimal. */
  @Property
  void anAmountIsReadExactlyOrRefused(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long digits,
      @ForAll @IntRange(min = 0, max = 5) int scale, @ForAll @IntRange(min = 0, max = 5) int assetScale) {
    var value = BigDecimal.valueOf(digits, scale);
    var judgement = OrderRules.amount(value.toPlainString(), Optional.of(new Asset("TST", assetScale)));
    boolean fits = value.signum() > 0 && value.stripTrailingZeros().scale() <= assetScale;
    assertEquals(fits, judgement instanceof Judgement.Passed<Money>);
    if (judgement instanceof Judgement.Passed<Money> passed) {
      assertEquals(0, value.compareTo(passed.finding().toBigDecimal()));
    }
  }

  @Property
  void noTextMakesARuleThrow(@ForAll String text) {
    assertTrue(OrderRules.text(text, Part.REMITTANCE).isEmpty() || !text.isEmpty());
    assertTrue(OrderRules.identifier(text, Part.END_TO_END_ID).isEmpty() || !text.isEmpty());
    PartyRules.isBic(text);
  }

  @Property
  void anExecutionDateIsTakenOnExactlyThirtyOneDays(@ForAll @IntRange(min = -500, max = 500) int days) {
    boolean taken = OrderRules.executionDate(TODAY.plusDays(days), TODAY).isEmpty();
    assertEquals(days <= 0 && days >= -OrderRules.MAX_DAYS_PAST, taken);
  }
}
