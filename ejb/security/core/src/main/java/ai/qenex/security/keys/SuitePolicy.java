package ai.qenex.security.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.crypto.Suites;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which suite may sign, which may still verify, until when, and which one each purpose signs with. A suite that fell is
 * first taken from those that sign, and once everything is signed anew from those that verify.
 */
public final class SuitePolicy {

  /** The suites of keys that do not sign. */
  public static final String SEALS = "AES-256-GCM";
  public static final String OPENS = "X-Wing";

  private final Map<String, Instant> sign;
  private final Map<String, Instant> verify;
  private final Map<KeyPurpose, String> suites = new EnumMap<>(KeyPurpose.class);

  /**
   * @param sign names that may sign, such as {@code Ed25519+ML-DSA-65,ECDSA-P256@2034-12-31}: with a date the suite
   * counts up to the end of that day, UTC; empty for all
   * @param verify names that may verify, likewise
   * @param suites of signing purposes, where it is not {@link #usual}
   * @throws QenexException {@code INVALID_CONFIGURATION} with the suite that does not exist or may not sign
   */
  public SuitePolicy(String sign, String verify, Map<KeyPurpose, String> suites) {
    this.sign = parse("qenex.keys.sign-suites", sign);
    this.verify = parse("qenex.keys.verify-suites", verify);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      String suite = suites.getOrDefault(purpose, usual(purpose));
      if (purpose.use() == KeyPurpose.Use.SIGN && !this.sign.containsKey(suite)) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
            "suite " + suite + ", with which " + purpose.text() + " signs, is not among qenex.keys.sign-suites");
      }
      this.suites.put(purpose, suite);
    }
  }

  /** What a purpose's keys are of where nothing is configured. */
  public static String usual(KeyPurpose purpose) {
    return switch (purpose) {
      case LEDGER_SEAL, AUDIT_SEAL, APPROVAL -> Suites.HYBRID;
      case ANCHOR -> Suites.SLH_DSA;
      case SECRETS, PERSONAL_DATA -> SEALS;
      case PAYLOAD -> OPENS;
    };
  }

  public String suiteOf(KeyPurpose purpose) {
    return suites.get(purpose);
  }

  public boolean maySign(String suite, Instant now) {
    return counts(sign, suite, now);
  }

  public boolean mayVerify(String suite, Instant now) {
    return counts(verify, suite, now);
  }

  private static boolean counts(Map<String, Instant> suites, String suite, Instant now) {
    return Optional.ofNullable(suites.get(suite)).filter(now::isBefore).isPresent();
  }

  private static Map<String, Instant> parse(String property, String text) {
    var suites = new LinkedHashMap<String, Instant>();
    String all = text.isBlank() ? String.join(",", SignatureSuites.names()) : text;
    for (String entry : all.split(",")) {
      String[] parts = entry.strip().split("@", 2);
      if (!SignatureSuites.names().contains(parts[0])) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION, property + ": '" + parts[0] + "' is none of "
            + String.join(", ", SignatureSuites.names()));
      }
      suites.put(parts[0], parts.length == 1 ? Instant.MAX : endOf(property, parts[1]));
    }
    return suites;
  }

  private static Instant endOf(String property, String day) {
    try {
      return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, property + ": '" + day + "' is no date", e);
    }
  }
}
