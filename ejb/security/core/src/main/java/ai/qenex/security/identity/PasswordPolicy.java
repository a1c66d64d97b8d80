package ai.qenex.security.identity;

import ai.qenex.security.PasswordClause;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which passwords are fit (NIST SP 800-63B section 5.1.1.2, OWASP ASVS 5.0 section 6.2): long ones that no list knows.
 * No rule about kinds of characters and no expiry: both make people choose worse ones.
 *
 * @param shortest characters (code points), at least 8
 * @param breached says whether a password is known to guessers
 */
public record PasswordPolicy(int shortest, Predicate<String> breached) {

  /** Characters. */
  public static final int LONGEST = 128;
  private static final int LEAST = 8;
  /** In small letters. The handbook's page on identity lists them. */
  private static final List<String> WORDS =
      List.of("qenex", "teller", "operator", "approver", "auditor", "administrator");

  public PasswordPolicy {
    if (shortest < LEAST || shortest > LONGEST) {
      throw new IllegalArgumentException("A password policy asks for " + LEAST + " to " + LONGEST + " characters");
    }
  }

  /** Why the password is not taken; empty: it is fit. */
  public Optional<PasswordClause> refuse(String name, String password) {
    int length = password.codePointCount(0, password.length());
    if (length < shortest) {
      return Optional.of(PasswordClause.TOO_SHORT);
    }
    if (length > LONGEST) {
      return Optional.of(PasswordClause.TOO_LONG);
    }
    if (password.toLowerCase(Locale.ROOT).contains(name.toLowerCase(Locale.ROOT))) {
      return Optional.of(PasswordClause.CONTAINS_NAME);
    }
    if (WORDS.stream().anyMatch(password.toLowerCase(Locale.ROOT)::contains)) {
      return Optional.of(PasswordClause.CONTAINS_BANK_WORD);
    }
    return breached.test(password) ? Optional.of(PasswordClause.BREACHED) : Optional.empty();
  }

  /** The same password whichever keyboard composed its characters (RFC 8265: NFC). */
  public static String normalized(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }
}
