package ai.qenex.ledger.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.engine.IbanScheme;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Reads {@link LedgerSettings} from the properties {@code qenex.ledger.*}, {@code qenex.bank.*} and
 * {@code qenex.business-date}.
 */
final class LedgerConfiguration {

  private static final int MOST_CHECK_SECONDS = 86_400;

  private LedgerConfiguration() {}

  /** @throws QenexException {@code INVALID_CONFIGURATION} with the property that is wrong */
  static LedgerSettings read(Config config) {
    LedgerSettings defaults = LedgerSettings.defaults();
    String country = text(config, "qenex.bank.country", "DE");
    String bankCode = text(config, "qenex.bank.code", "50099900");
    try {
      return new LedgerSettings(
          number(config, "qenex.ledger.batch-lines", defaults.batchLines()),
          isOn(config, "qenex.ledger.pipeline"),
          number(config, "qenex.ledger.queued-lines", defaults.queuedLines()),
          number(config, "qenex.ledger.window-ids", defaults.windowIds()),
          Duration.ofSeconds(number(config, "qenex.ledger.id-skew-seconds", (int) defaults.idSkew().toSeconds())),
          Duration.ofSeconds(
              number(config, "qenex.ledger.answer-timeout-seconds", (int) defaults.answerTimeout().toSeconds())),
          Duration.ofSeconds(
              number(config, "qenex.ledger.database-timeout-seconds", (int) defaults.databaseTimeout().toSeconds())),
          number(config, "qenex.ledger.projection-entries", defaults.projectionEntries()),
          Duration.ofMillis(
              number(config, "qenex.ledger.projection-delay-millis", (int) defaults.projectionDelay().toMillis())),
          number(config, "qenex.ledger.partition-entries", defaults.rangeEntries()),
          ibans(country, bankCode), HolidayCalendar.WEEKENDS, businessDate(config));
    } catch (IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.ledger: " + e.getMessage(), e);
    }
  }

  /** @throws QenexException {@code INVALID_CONFIGURATION} with the property that is wrong */
  static Node node(Config config) {
    int millis = number(config, "qenex.ledger.lease-millis", (int) Node.DEFAULT_LEASE.toMillis());
    try {
      return new Node(text(config, "qenex.node", "qenex1"), Duration.ofMillis(millis));
    } catch (IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.node, qenex.ledger.lease-millis: " + e.getMessage(), e);
    }
  }

  private static IbanScheme ibans(String country, String bankCode) {
    try {
      return IbanScheme.ofBankCode(country, bankCode);
    } catch (IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.bank.country " + country + " and qenex.bank.code " + bankCode + " make no IBAN: " + e.getMessage(), e);
    }
  }

  private static Optional<BusinessDate> businessDate(Config config) {
    Optional<String> text = config.getOptionalValue("qenex.business-date", String.class);
    try {
      return text.map(BusinessDate::parse);
    } catch (DateTimeException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.business-date is no date such as 2027-02-28: " + text.get(), e);
    }
  }

  private static String text(Config config, String name, String otherwise) {
    return config.getOptionalValue(name, String.class).orElse(otherwise);
  }

  /** A property that is on unless it is set off. */
  private static boolean isOn(Config config, String name) {
    String text = text(config, name, "true");
    if (!text.equals("true") && !text.equals("false")) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, name + " is neither true nor false: " + text);
    }
    return text.equals("true");
  }

  static int number(Config config, String name, int otherwise) {
    String text = text(config, name, Integer.toString(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, name + " is no whole number: " + text, e);
    }
  }

  /** Between two runs of the ledger check. */
  static int checkSeconds(Config config) {
    int seconds = number(config, "qenex.ledger.check-seconds", 60);
    if (seconds < 1 || seconds > MOST_CHECK_SECONDS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.ledger.check-seconds must be 1 to " + MOST_CHECK_SECONDS);
    }
    return seconds;
  }
}
