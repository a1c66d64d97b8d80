package ai.qenex.kernel;

import java.time.LocalDate;

/**
 * The bank's own day: what a posting counts for in statements, clearing cycles and the general ledger, whatever the
 * wall clock says.
 */
public record BusinessDate(LocalDate date) implements Comparable<BusinessDate> {

  /** @throws java.time.format.DateTimeParseException unless the text is an ISO-8601 date such as {@code 2027-02-28} */
  public static BusinessDate parse(String isoDate) {
    return new BusinessDate(LocalDate.parse(isoDate));
  }

  public boolean isBefore(BusinessDate other) {
    return date.isBefore(other.date);
  }

  public boolean isAfter(BusinessDate other) {
    return date.isAfter(other.date);
  }

  @Override
  public int compareTo(BusinessDate other) {
    return date.compareTo(other.date);
  }

  @Override
  public String toString() {
    return date.toString();
  }
}
