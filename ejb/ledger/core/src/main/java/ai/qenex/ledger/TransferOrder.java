package ai.qenex.ledger;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A wish to move one amount from a debit account to a credit account. Account limits and asset are judged when it is
 * decided.
 *
 * @param id idempotency id, best a version 7 UUID; the same id always answers the same
 * @param amount above zero
 * @param reference free text of at most {@value #MAX_REFERENCE} characters for the statement, without NUL and lone
 * surrogates
 * @param valueDate when it counts for interest, in the years {@value #MIN_YEAR} to {@value #MAX_YEAR}; empty: the
 * business date
 * @param businessDate the day it is booked into, which must still be open; empty: the current one
 */
public record TransferOrder(
    UUID id, AccountNumber debit, AccountNumber credit, Money amount, Optional<String> reference,
    Optional<LocalDate> valueDate, Optional<BusinessDate> businessDate) {

  public static final int MAX_REFERENCE = 140;
  public static final int MIN_YEAR = 1900;
  public static final int MAX_YEAR = 9999;

  public TransferOrder {
    if (!amount.amount().isPositive()) {
      throw new IllegalArgumentException("a transfer moves more than zero");
    }
    requireStorable(reference, valueDate);
  }

  /** @throws IllegalArgumentException if the log cannot keep one of them */
  public static void requireStorable(Optional<String> reference, Optional<LocalDate> valueDate) {
    if (reference.isPresent()) {
      Texts.requireStorable(reference.get(), MAX_REFERENCE, "a reference");
    }
    if (valueDate.isPresent()) {
      requireStorable(valueDate.get());
    }
  }

  /** @throws IllegalArgumentException unless the log can keep them in a transfer */
  public static void requireStorable(Optional<String> reference, LocalDate valueDate) {
    if (reference.isPresent()) {
      Texts.requireStorable(reference.get(), MAX_REFERENCE, "a reference");
    }
    requireStorable(valueDate);
  }

  private static void requireStorable(LocalDate valueDate) {
    if (valueDate.getYear() < MIN_YEAR || valueDate.getYear() > MAX_YEAR) {
      throw new IllegalArgumentException("a value date is of the years " + MIN_YEAR + " to " + MAX_YEAR);
    }
  }

  /** A transfer without reference, of the current day. */
  public static TransferOrder of(UUID id, AccountNumber debit, AccountNumber credit, Money amount) {
    return new TransferOrder(id, debit, credit, amount, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** See {@link Instruction#fingerprint}. */
  long fingerprint() {
    var print = new Fingerprint("transfer").add(debit.value()).add(credit.value()).add(amount);
    if (reference.isPresent()) {
      print.add(reference.get());
    }
    if (valueDate.isPresent()) {
      print.add("value").add(valueDate.get().toEpochDay());
    }
    if (businessDate.isPresent()) {
      print.add("business").add(businessDate.get().date().toEpochDay());
    }
    return print.hash();
  }
}
