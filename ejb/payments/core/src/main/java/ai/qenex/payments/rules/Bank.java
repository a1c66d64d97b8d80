package ai.qenex.payments.rules;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Iban;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are, and which other banks' IBANs we can read.
 *
 * @param bankCode our national bank code, the start of the national number in the IBANs we give out
 * @param directory BIC of other banks by country and bank code as in {@code DE50010517}
 */
public record Bank(Bic bic, String country, String bankCode, Map<String, Bic> directory) {

  private static final int MAX_BANK_CODE = 14;

  public Bank {
    bic = bic.institution();
    directory = Map.copyOf(directory);
  }

  public boolean is(Bic other) {
    return bic.equals(other.institution());
  }

  /** Whether the IBAN is one that we would have given out. */
  public boolean issued(Iban iban) {
    return iban.country().equals(country) && iban.nationalNumber().startsWith(bankCode);
  }

  /** The bank that keeps an account, by the longest known bank code. */
  public Optional<Bic> keeperOf(Iban iban) {
    String national = iban.nationalNumber();
    for (int length = Math.min(MAX_BANK_CODE, national.length()); length > 0; length--) {
      Bic found = directory.get(iban.country() + national.substring(0, length));
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads a directory such as {@code DE50010517=INGDDEFF, FR30004=BNPAFRPP}.
   *
   * @throws IllegalArgumentException if an entry has another form
   */
  public static Map<String, Bic> parseDirectory(String text) {
    var directory = new HashMap<String, Bic>();
    for (String entry : text.split(",", -1)) {
      String trimmed = entry.strip();
      if (!trimmed.isEmpty()) {
        int equals = trimmed.indexOf('=');
        if (equals < 3 || !trimmed.substring(0, equals).matches("[A-Z]{2}[A-Z0-9]{1," + MAX_BANK_CODE + "}")) {
          throw new IllegalArgumentException("not of the form DE50010517=INGDDEFF: " + trimmed);
        }
        directory.put(trimmed.substring(0, equals), new Bic(trimmed.substring(equals + 1)));
      }
    }
    return directory;
  }
}
