package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.SecretHash;
import ai.qenex.security.identity.LockOut;
import ai.qenex.security.identity.PasswordPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The properties of the embedded issuer and of lock-out, read once.
 *
 * @param iterations of PBKDF2 for what is hashed from now on
 * @param people when guessing a person's password or code is paused
 * @param programs the same for clients, whose secrets nobody guesses: late, so that a stranger cannot stop one
 * @param passwords which are fit
 * @param personTokenSeconds life of a person's token
 */
record IdentitySettings(
    int iterations,
    LockOut people,
    LockOut programs,
    PasswordPolicy passwords,
    int personTokenSeconds) {

  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int DAY_SECONDS = 86_400;
  private static final int MOST_FAILURES = 100;
  private static final int PROGRAMS_FACTOR = 20;
  private static final int SHORTEST_PASSWORD = 12;
  private static final int LEAST_PASSWORD = 8;
  private static final int PERSON_TOKEN_SECONDS = 900;
  private static final int LONGEST_PERSON_TOKEN_SECONDS = 3_600;

  /** @param property an absent one reads empty */
  static IdentitySettings of(UnaryOperator<String> property) {
    int failures = number(property, "qenex.lock-out.failures", 5, 1, MOST_FAILURES);
    Duration window = seconds(property, "qenex.lock-out.window-seconds", 900);
    Duration pause = seconds(property, "qenex.lock-out.pause-seconds", 30);
    Duration longest = seconds(property, "qenex.lock-out.longest-pause-seconds", 900);
    if (longest.compareTo(pause) < 0) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.lock-out.longest-pause-seconds must not be less than qenex.lock-out.pause-seconds");
    }
    String file = property.apply("qenex.password.breached-file");
    var passwords = new PasswordPolicy(number(property, "qenex.password.shortest", SHORTEST_PASSWORD, LEAST_PASSWORD,
        PasswordPolicy.LONGEST), file.isBlank() ? password -> false : new BreachedPasswords(Path.of(file)));
    return new IdentitySettings(
        number(property, "qenex.password.iterations", SecretHash.ITERATIONS, SecretHash.ITERATIONS, MOST_ITERATIONS),
        new LockOut(failures, window, pause, longest),
        new LockOut(failures * PROGRAMS_FACTOR, window, pause, longest), passwords,
        number(property, "qenex.token.person-seconds", PERSON_TOKEN_SECONDS, 60, LONGEST_PERSON_TOKEN_SECONDS));
  }

  private static Duration seconds(UnaryOperator<String> property, String name, int absent) {
    return Duration.ofSeconds(number(property, name, absent, 1, DAY_SECONDS));
  }

  static int number(UnaryOperator<String> property, String name, int absent, int least, int most) {
    String text = property.apply(name);
    if (text.isBlank()) {
      return absent;
    }
    if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new QenexException(ErrorCode.INVALID_CONFIGURATION, name + " must be " + least + " to " + most);
  }
}
