package ai.qenex.launcher.demo;

import ai.qenex.kernel.Iban;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The payment file with mistakes, {@code payments/mistakes.xml}: a template with placeholders, and comments that say
 * what each transfer is to come to.
 *
 * @param document well-formed pain.001.001.09
 * @param expected in the order of the transfers
 */
record MistakesFile(String document, List<Expected> expected) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z]+)(?::([a-z0-9.-]+)|([+-]\\d+))?}");
  private static final Pattern EXPECTATION = Pattern.compile("<!-- (\\S+) expects (\\w+): (.*?) -->");
  private static final int BANK_CODE_LENGTH = 8;

  MistakesFile {
    expected = List.copyOf(expected);
  }

  /**
   * What one transfer is to come to.
   *
   * @param outcome an ISO reason code, or {@code booked} or {@code clearing}
   * @param why one sentence of the file
   */
  record Expected(String endToEndId, String outcome, String why) {}

  /**
   * What the placeholders stand for.
   *
   * @param date the business date
   * @param bankBic BIC of our bank
   * @param ibanOf finds the IBAN of an account of ours by its alias
   */
  record Values(LocalDate date, String bankBic, UnaryOperator<String> ibanOf) {

    private String of(MatchResult placeholder) {
      String argument = placeholder.group(2);
      return switch (placeholder.group(1)) {
        case "iban" -> ibanOf.apply(argument);
        case "broken" -> broken(ibanOf.apply(argument));
        case "unknown" -> unopened(ibanOf.apply(SalaryFile.read().employer()));
        case "bic" -> bankBic;
        case "date" ->
          (placeholder.group(3) == null ? date : date.plusDays(Long.parseLong(placeholder.group(3)))).toString();
        default ->
          throw new DemoFaultException("demo/payments/mistakes.xml has an unknown placeholder " + placeholder.group());
      };
    }
  }

  static MistakesFile read(Values values) {
    String template = DemoFiles.text("payments/mistakes.xml");
    String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + PLACEHOLDER.matcher(template.substring(template.indexOf("<Document")))
            .replaceAll(found -> Matcher.quoteReplacement(values.of(found)));
    List<Expected> expected = EXPECTATION.matcher(document).results()
        .map(found -> new Expected(found.group(1), found.group(2), found.group(3))).toList();
    return new MistakesFile(document, expected);
  }

  /**
   * Holds the status report against what is expected, transfer by transfer; an id that occurs twice is matched in
   * order.
   */
  List<DayReport.Expectation> compare(StatusReport report) {
    Map<String, Deque<StatusReport.Verdict>> verdicts = new HashMap<>();
    report.transactions()
        .forEach(verdict -> verdicts.computeIfAbsent(verdict.endToEndId(), id -> new ArrayDeque<>()).add(verdict));
    return expected.stream().map(transfer -> {
      StatusReport.Verdict verdict = verdicts.getOrDefault(transfer.endToEndId(), new ArrayDeque<>()).poll();
      String outcome = verdict == null ? "not reported" : verdict.outcome();
      return new DayReport.Expectation(transfer.endToEndId(), transfer.outcome(), outcome, transfer.why());
    }).toList();
  }

  /** The IBAN with check digits that cannot be right: valid ones lie between 02 and 98. */
  private static String broken(String iban) {
    return iban.substring(0, 2) + "00" + iban.substring(4);
  }

  /** A valid IBAN of the same bank whose account number is the last one there can be. */
  private static String unopened(String iban) {
    Iban ours = new Iban(iban);
    String national = ours.nationalNumber();
    return Iban
        .of(ours.country(), national.substring(0, BANK_CODE_LENGTH) + "9".repeat(national.length() - BANK_CODE_LENGTH))
        .value();
  }
}
