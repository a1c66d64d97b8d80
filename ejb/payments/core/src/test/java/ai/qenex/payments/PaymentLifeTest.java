package ai.qenex.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentLifeTest {

  @ParameterizedTest
  @CsvSource({"RECEIVED, ACCEPTED REJECTED", "ACCEPTED, BOOKED CLEARING REJECTED", "CLEARING, SETTLED", "BOOKED, ''",
      "SETTLED, ''", "REJECTED, ''"})
  void takesOnlyThePublishedSteps(PaymentStatus from, String to) {
    assertEquals(to, PaymentLife.next(from).stream().map(Enum::name).collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @EnumSource
  void comesToAnEndFromEveryStatusWithoutEverComingBack(PaymentStatus from) {
    Set<PaymentStatus> reached = EnumSet.noneOf(PaymentStatus.class);
    Set<PaymentStatus> now = PaymentLife.next(from);
    for (int step = 0; step < PaymentStatus.values().length && !now.isEmpty(); step++) {
      reached.addAll(now);
      Set<PaymentStatus> further = EnumSet.noneOf(PaymentStatus.class);
      now.forEach(each -> further.addAll(PaymentLife.next(each)));
      now = further;
    }
    assertTrue(now.isEmpty(), "every way ends");
    assertFalse(reached.contains(from), "no way leads back");
  }

  @Test
  void cutsDetailsToTheLengthOfAStatusReport() {
    assertEquals(105, new StatusReason("NARR", "", "x".repeat(300)).detail().length());
    assertEquals("short", new StatusReason("NARR", "", "short").detail());
  }
}
