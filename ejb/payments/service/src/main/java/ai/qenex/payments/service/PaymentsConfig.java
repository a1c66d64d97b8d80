package ai.qenex.payments.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.payments.rules.Bank;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What payments are configured by.
 *
 * @param bank {@code qenex.bank.bic}, {@code qenex.bank.country}, {@code qenex.bank.code},
 * {@code qenex.payments.bank-directory}
 * @param files {@code qenex.files}: the folder that documents are written to, default {@code files} in
 * {@code qenex.data}
 * @param maxFileBytes {@code qenex.payments.max-file-bytes}: the longest payment file taken, default 256 MiB
 * @param filesAtOnce {@code qenex.payments.files-at-once}: files processed at the same time, default 1
 * @param filesWaiting {@code qenex.payments.files-waiting}: files that may wait for it, default 100
 */
record PaymentsConfig(Bank bank, Path files, long maxFileBytes, int filesAtOnce, int filesWaiting) {

  private static final long MAX_FILE_BYTES = 256L << 20;
  private static final int MAX_FILES_AT_ONCE = 64;
  private static final int MAX_FILES_WAITING = 1_000_000;
  private static final int DEFAULT_FILES_WAITING = 100;

  static PaymentsConfig read() {
    Config config = ConfigProvider.getConfig();
    return of(name -> config.getOptionalValue(name, String.class).orElse(""));
  }

  /**
   * Reads from properties, an absent one being empty.
   *
   * @throws QenexException {@code INVALID_CONFIGURATION} that names the property
   */
  static PaymentsConfig of(UnaryOperator<String> properties) {
    var from = new Source(properties);
    String data = from.text("qenex.data", Path.of(System.getProperty("user.home"), ".qenex").toString());
    return new PaymentsConfig(bank(from), files(from.text("qenex.files", data + "/files")),
        from.number("qenex.payments.max-file-bytes", MAX_FILE_BYTES, Long.MAX_VALUE),
        (int) from.number("qenex.payments.files-at-once", 1, MAX_FILES_AT_ONCE),
        (int) from.number("qenex.payments.files-waiting", DEFAULT_FILES_WAITING, MAX_FILES_WAITING));
  }

  private static Bank bank(Source from) {
    String bic = from.text("qenex.bank.bic", "QENXDEFF");
    if (!Bic.isValid(bic)) {
      throw wrong("qenex.bank.bic is not a BIC of 8 or 11 characters: " + bic);
    }
    try {
      return new Bank(new Bic(bic), from.text("qenex.bank.country", "DE"), from.text("qenex.bank.code", "50099900"),
          Bank.parseDirectory(from.text("qenex.payments.bank-directory", "")));
    } catch (IllegalArgumentException e) {
      throw wrong("qenex.payments.bank-directory: " + e.getMessage());
    }
  }

  private static Path files(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw wrong("qenex.files is not a folder name: " + name);
    }
  }

  private static QenexException wrong(String line) {
    return new QenexException(ErrorCode.INVALID_CONFIGURATION, line);
  }

  private record Source(UnaryOperator<String> properties) {

    String text(String name, String otherwise) {
      String value = properties.apply(name);
      return value.isBlank() ? otherwise : value.strip();
    }

    long number(String name, long otherwise, long most) {
      String value = text(name, Long.toString(otherwise));
      try {
        long number = Long.parseLong(value);
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // told below
      }
      throw wrong(name + " is not a number from 1 to " + most + ": " + value);
    }
  }
}
