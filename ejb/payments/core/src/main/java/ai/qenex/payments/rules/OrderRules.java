package ai.qenex.payments.rules;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.InvalidAmountException;
import ai.qenex.kernel.Money;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Rules over amount, currency, date, charges and characters. */
public final class OrderRules {

  /** How long ago the requested execution date may be. */
  public static final int MAX_DAYS_PAST = 30;

  /** An ISO 20022 amount has 18 digits, 5 of them behind the point, and a currency of 3 letters. */
  public static final int ISO_MAX_DIGITS = 18;

  public static final int ISO_MAX_DECIMALS = 5;

  /** Highest amount of one payment, by currency: that of the SEPA credit transfer rulebook. */
  private static final Map<String, String> LIMITS = Map.of("EUR", "999999999.99");

  private OrderRules() {}

  /** Whether any amount of the asset, up to the digits, can be said in ISO 20022 without loss. */
  public static boolean fitsIso(Asset asset) {
    return asset.scale() <= ISO_MAX_DECIMALS && asset.code().matches("[A-Z]{3}");
  }

  /** Whether the amount, seen without its sign, can be said in ISO 20022 without loss. */
  public static boolean fitsIso(Money money) {
    return fitsIso(money.asset()) && money.amount().abs().toString().length() <= ISO_MAX_DIGITS;
  }

  /** The instructed amount of a file's payment. */
  public static Judgement<Money> amount(String text, Optional<Asset> asset) {
    if (asset.isEmpty() || !fitsIso(asset.get())) {
      return Judgement.fail(ReasonCode.AM03, Part.CURRENCY, "payment files cannot be paid in this currency");
    }
    String plain = withoutTrailingZeros(text);
    int point = plain.indexOf('.');
    if (point >= 0 && plain.length() - point - 1 > asset.get().scale()) {
      return Judgement.fail(ReasonCode.CH20, Part.AMOUNT,
          asset.get().code() + " has " + asset.get().scale() + " decimals");
    }
    try {
      return Judgement.pass(Money.parse(plain, asset.get())).then(OrderRules::limited);
    } catch (InvalidAmountException notANumber) {
      return Judgement.fail(ReasonCode.AM02, Part.AMOUNT, notANumber.getMessage());
    }
  }

  /** More than zero, and within the currency's limit. */
  public static Judgement<Money> limited(Money money) {
    if (money.amount().isZero()) {
      return Judgement.fail(ReasonCode.AM01, Part.AMOUNT, "the amount is zero");
    }
    if (money.amount().isNegative()) {
      return Judgement.fail(ReasonCode.AM02, Part.AMOUNT, "the amount is below zero");
    }
    String limit = LIMITS.get(money.asset().code());
    if (limit != null && money.toBigDecimal().compareTo(new java.math.BigDecimal(limit)) > 0) {
      return Judgement.fail(ReasonCode.AM02, Part.AMOUNT, "one payment is at most " + limit);
    }
    return Judgement.pass(money);
  }

  /** The amount is in the currency of every account of ours that it touches. */
  public static Judgement<Money> currency(Money money, Party debtor, Party creditor) {
    if (debtor instanceof Party.Ours ours && !ours.account().asset().equals(money.asset())) {
      return Judgement.fail(ReasonCode.CURR, Part.CURRENCY, "the debtor's account is in " + ours.account().asset());
    }
    if (creditor instanceof Party.Ours ours && !ours.account().asset().equals(money.asset())) {
      return Judgement.fail(ReasonCode.CURR, Part.CURRENCY, "the creditor's account is in " + ours.account().asset());
    }
    return Judgement.pass(money);
  }

  /**
   * Payments are executed when they arrive: the requested date is today or up to {@value #MAX_DAYS_PAST} days ago.
   *
   * @param today the later of the bank's business date and the calendar's date
   */
  public static Optional<Fault> executionDate(LocalDate requested, LocalDate today) {
    if (requested.isAfter(today)) {
      return Optional.of(new Fault(ReasonCode.DT01, Part.EXECUTION_DATE,
          "orders for a future day are not taken: " + requested + " is after " + today));
    }
    if (requested.isBefore(today.minusDays(MAX_DAYS_PAST))) {
      return Optional.of(new Fault(ReasonCode.DT01, Part.EXECUTION_DATE,
          requested + " is more than " + MAX_DAYS_PAST + " days before " + today));
    }
    return Optional.empty();
  }

  /** Said once, or twice the same; charges for the creditor would change the amount credited, which is not offered. */
  public static Optional<Fault> chargeBearer(Optional<String> ofGroup, Optional<String> ofTransfer) {
    if (ofGroup.isPresent() && ofTransfer.isPresent() && !ofGroup.equals(ofTransfer)) {
      return Optional
          .of(new Fault(ReasonCode.CH07, Part.CHARGE_BEARER, "group and transaction name different charge bearers"));
    }
    if (ofTransfer.or(() -> ofGroup).filter("CRED"::equals).isPresent()) {
      return Optional
          .of(new Fault(ReasonCode.AG03, Part.CHARGE_BEARER, "charges borne by the creditor are not supported"));
    }
    return Optional.empty();
  }

  /** Identifiers are in the SWIFT x set, neither begin nor end with a slash, and have no two slashes in a row. */
  public static Optional<Fault> identifier(String text, Part part) {
    boolean slashed = text.startsWith("/") || text.endsWith("/") || text.contains("//");
    for (int i = 0; i < text.length() && !slashed; i++) {
      if (!isSwiftX(text.charAt(i))) {
        slashed = true;
      }
    }
    return slashed
        ? Optional.of(new Fault(ReasonCode.CH16, part, "identifiers use A-Z a-z 0-9 / - ? : ( ) . , ' + and blanks"))
        : Optional.empty();
  }

  /** Names and remittance are any assigned characters except control characters. */
  public static Optional<Fault> text(String text, Part part) {
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      int type = Character.getType(c);
      if (type == Character.CONTROL || type == Character.SURROGATE || type == Character.PRIVATE_USE
          || type == Character.UNASSIGNED) {
        return Optional.of(new Fault(ReasonCode.CH16, part, "a character cannot be passed on: U+%04X".formatted(c)));
      }
      i += Character.charCount(c);
    }
    return Optional.empty();
  }

  private static boolean isSwiftX(char c) {
    return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "/-?:().,'+ ".indexOf(c) >= 0;
  }

  /**
   * XML Schema lets a decimal be written with a plus sign, leading and trailing zeros, and an empty side of the point.
   */
  private static String withoutTrailingZeros(String text) {
    String plain = text.strip();
    if (plain.startsWith("+")) {
      plain = plain.substring(1);
    }
    int point = plain.indexOf('.');
    if (point >= 0) {
      int end = plain.length();
      while (plain.charAt(end - 1) == '0') {
        end--;
      }
      plain = plain.substring(0, end - 1 == point ? point : end);
    }
    int start = 0;
    while (start < plain.length() - 1 && plain.charAt(start) == '0' && plain.charAt(start + 1) != '.') {
      start++;
    }
    plain = plain.substring(start);
    return plain.isEmpty() || plain.startsWith(".") ? "0" + plain : plain;
  }
}
