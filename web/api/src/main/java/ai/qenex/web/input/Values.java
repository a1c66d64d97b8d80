package ai.qenex.web.input;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.InvalidAmountException;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Page;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Texts of a request as the values they stand for. Each is refused as {@code INVALID_REQUEST} with the path it came
 * from.
 */
public final class Values {

  /** Years outside of these are typing mistakes, and more than some of our stores can hold. */
  private static final int MIN_YEAR = 1900;
  private static final int MAX_YEAR = 2999;
  private static final int UUID_LENGTH = 36;
  private static final int MAX_CURSOR = 200;
  private static final int DEFAULT_LIMIT = 50;

  private Values() {}

  /** A UUID in its canonical form of 36 characters. */
  public static UUID uuid(String path, String text) {
    if (isUuid(text)) {
      return UUID.fromString(text);
    }
    throw invalid(path, "not a UUID");
  }

  /** Whether the text is a UUID in its canonical form, in either case. */
  public static boolean isUuid(String text) {
    if (text.length() != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : Character.digit(c, 16) < 0 || c > 'f') {
        return false;
      }
    }
    return true;
  }

  /** A plain decimal above zero with no more decimals than the asset has. */
  public static Money positiveMoney(String path, String text, Asset asset) {
    try {
      return positive(path, Money.parse(text, asset));
    } catch (InvalidAmountException e) {
      throw invalid(path, e.getMessage());
    }
  }

  /** An exact number above zero with no more decimals than the asset has. */
  public static Money positiveMoney(String path, BigDecimal number, Asset asset) {
    try {
      return positive(path, Money.of(number, asset));
    } catch (InvalidAmountException e) {
      throw invalid(path, e.getMessage());
    }
  }

  private static Money positive(String path, Money money) {
    if (!money.amount().isPositive()) {
      throw invalid(path, "an amount is more than zero");
    }
    return money;
  }

  /** A plain decimal of zero or more. */
  public static Money limit(String path, String text, Asset asset) {
    try {
      Money limit = Money.parse(text, asset);
      if (limit.amount().isNegative()) {
        throw invalid(path, "a limit is zero or more");
      }
      return limit;
    } catch (InvalidAmountException e) {
      throw invalid(path, e.getMessage());
    }
  }

  /** An ISO-8601 date such as {@code 2027-02-28}. */
  public static LocalDate date(String path, String text) {
    try {
      LocalDate date = LocalDate.parse(text);
      return checkYear(path, date.getYear(), date);
    } catch (DateTimeException e) {
      throw invalid(path, "not an ISO-8601 date such as 2027-02-28");
    }
  }

  public static BusinessDate businessDate(String path, String text) {
    return new BusinessDate(date(path, text));
  }

  /** An ISO-8601 instant such as {@code 2027-02-28T12:00:00Z}. */
  public static Instant instant(String path, String text) {
    try {
      Instant instant = Instant.parse(text);
      return checkYear(path, instant.atOffset(ZoneOffset.UTC).getYear(), instant);
    } catch (DateTimeException e) {
      throw invalid(path, "not an ISO-8601 instant such as 2027-02-28T12:00:00Z");
    }
  }

  /** A text of 1 to so many characters, none of which is a control character: it may end in a document or on paper. */
  public static String text(String path, String text, int maxLength) {
    if (text.isBlank() || text.length() > maxLength) {
      throw invalid(path, "has 1 to " + maxLength + " characters");
    }
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (Character.isISOControl(c) || loneSurrogate || (c & 0xFFFE) == 0xFFFE) {
        throw invalid(path, "has a control character or one that is none");
      }
      i += Character.charCount(c);
    }
    return text;
  }

  /** The {@code limit} of a page; 50 when it is not given. */
  public static int pageLimit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = text.length() > 4 ? 0 : Integer.parseInt(text);
      if (limit >= 1 && limit <= Page.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // told below, with the range
    }
    throw invalid("limit", "a number from 1 to " + Page.MAX_LIMIT);
  }

  /** A whole number of at most 18 digits, at least {@code least}; {@code otherwise} when it is not given. */
  public static long number(String path, String text, long least, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) < least) {
      throw invalid(path, "a whole number, at least " + least);
    }
    return Long.parseLong(text);
  }

  /** An opaque cursor; what it means only its maker can say. */
  public static String cursor(String text) {
    if (text.isEmpty() || text.length() > MAX_CURSOR || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw invalid("cursor", "not a cursor of ours");
    }
    return text;
  }

  /** Builds a core value, whose refusal of what it is made of names the path. */
  public static <T> T build(String path, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw invalid(path, e.getMessage());
    }
  }

  public static ProblemException invalid(String path, String detail) {
    return new ProblemException(Problem.invalid(path, detail));
  }

  private static <T> T checkYear(String path, int year, T value) {
    if (year < MIN_YEAR || year > MAX_YEAR) {
      throw invalid(path, "the year is from " + MIN_YEAR + " to " + MAX_YEAR);
    }
    return value;
  }
}
