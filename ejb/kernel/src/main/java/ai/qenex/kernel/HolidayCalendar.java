package ai.qenex.kernel;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** The days on which a bank, a market or a payment system works. */
@FunctionalInterface
public interface HolidayCalendar {

  /** Longest run of closed days that {@link #next} steps over before it calls the calendar broken. */
  int MAX_CLOSED_RUN_DAYS = 31;

  /** Saturdays and Sundays are closed, all other days are open. */
  HolidayCalendar WEEKENDS =
      date -> date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;

  boolean isBusinessDay(LocalDate date);

  /**
   * The first business day after the given day.
   *
   * @throws IllegalStateException if the calendar is closed for more than {@value #MAX_CLOSED_RUN_DAYS} days on end
   */
  default BusinessDate next(BusinessDate day) {
    return sameOrNext(day.date().plusDays(1));
  }

  /**
   * The given day if it is a business day, else the first one after it.
   *
   * @throws IllegalStateException if the calendar is closed for more than {@value #MAX_CLOSED_RUN_DAYS} days on end
   */
  default BusinessDate sameOrNext(LocalDate date) {
    for (int days = 0; days <= MAX_CLOSED_RUN_DAYS; days++) {
      LocalDate candidate = date.plusDays(days);
      if (isBusinessDay(candidate)) {
        return new BusinessDate(candidate);
      }
    }
    throw new IllegalStateException("no business day within " + MAX_CLOSED_RUN_DAYS + " days of " + date);
  }
}
