package ai.qenex.batch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FinishPaymentsTest {

  private static final BusinessDate DATE = BusinessDate.parse("2027-03-01");

  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void doesNotWaitWhenNothingIsUnderWay() {
    EndOfDayBean.finish(DATE, () -> 0, pauses::incrementAndGet);
    assertEquals(0, pauses.get());
  }

  @Test
  void asksAgainAfterAPauseUntilNothingIsUnderWay() {
    var left = new AtomicInteger(3);
    EndOfDayBean.finish(DATE, left::decrementAndGet, pauses::incrementAndGet);
    assertEquals(2, pauses.get());
  }

  @Test
  void givesUpWithWhatIsLeft() {
    QenexException fault =
        assertThrows(QenexException.class, () -> EndOfDayBean.finish(DATE, () -> 7, pauses::incrementAndGet));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertEquals("7 payments of 2027-03-01 are still under way", fault.getMessage());
    assertEquals(9, pauses.get());
  }
}
