package ai.qenex.security.service;

import ai.qenex.security.Identities;
import ai.qenex.security.Login;
import ai.qenex.security.Login.Answer;
import ai.qenex.security.LoginClause;
import ai.qenex.security.SecretHash;
import ai.qenex.security.identity.CheckSecret;
import ai.qenex.security.identity.PasswordPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A person's login, step by step: the guess is counted, the password compared (of an unknown or disabled name at the
 * same cost), then the second factor of who has one, then the change of a password that somebody else set.
 */
final class LogPeopleIn {

  /** Of an authorization code (RFC 6749 section 4.1.2 allows ten minutes; a browser needs a second). */
  private static final Duration CODE_LIFE = Duration.ofSeconds(60);
  private static final int CODE_BYTES = 32;
  private static final int LONGEST_TYPED = 256;

  private final DataSource database;
  private final IdentitySettings settings;
  private final SecondFactor factors;
  private final SecureRandom random = new SecureRandom();

  /** What the login asks of the person's factors. */
  interface SecondFactor {

    /** Whether that person has to type a code at the login. */
    boolean isNeeded(String name);

    /** Uses a code of the moment or a recovery code up. */
    boolean takes(String name, String code);
  }

  LogPeopleIn(DataSource database, IdentitySettings settings, SecondFactor factors) {
    this.database = database;
    this.settings = settings;
    this.factors = factors;
  }

  Answer logIn(Login.Question question, Login.Credentials typed, Instant now) {
    if (!Names.isName(typed.name()) || typed.password().length() > LONGEST_TYPED
        || typed.newPassword().length() > LONGEST_TYPED) {
      return refused(LoginClause.WRONG);
    }
    var attempts = new AttemptStore(database);
    String guess = guess(typed.name());
    Optional<Duration> closed = attempts.begin(guess, settings.people(), now);
    if (closed.isPresent()) {
      return new Answer.Refused(LoginClause.LOCKED, (int) closed.get().toSeconds() + 1);
    }
    Optional<PersonStore.Known> known =
        new PersonStore(database).find(typed.name()).filter(found -> found.person().enabled());
    String password = PasswordPolicy.normalized(typed.password());
    if (!new CheckSecret(settings.iterations()).proves(known.map(PersonStore.Known::password), password)) {
      return refused(LoginClause.WRONG);
    }
    attempts.clear(guess);
    return withPassword(question, typed, known.get(), now);
  }

  private Answer withPassword(Login.Question question, Login.Credentials typed, PersonStore.Known known, Instant now) {
    List<String> methods = new ArrayList<>(List.of("pwd"));
    if (factors.isNeeded(typed.name())) {
      if (typed.code().isBlank()) {
        return refused(LoginClause.CODE_NEEDED);
      }
      var attempts = new AttemptStore(database);
      Optional<Duration> closed = attempts.begin(FactorsBean.codes(typed.name()), settings.people(), now);
      if (closed.isPresent()) {
        return new Answer.Refused(LoginClause.LOCKED, (int) closed.get().toSeconds() + 1);
      }
      if (!factors.takes(typed.name(), typed.code())) {
        return refused(LoginClause.WRONG);
      }
      attempts.clear(FactorsBean.codes(typed.name()));
      methods.addAll(List.of("otp", "mfa"));
    }
    Optional<Answer> password = keepPassword(known, typed);
    return password.orElseGet(() -> granted(question, known.person(), methods, now));
  }

  /** Empty: the password is kept, changed as asked or hashed anew at today's cost. */
  private Optional<Answer> keepPassword(PersonStore.Known known, Login.Credentials typed) {
    String wanted = PasswordPolicy.normalized(typed.newPassword());
    String now = PasswordPolicy.normalized(typed.password());
    if (wanted.isEmpty() && known.mustChange()) {
      return Optional.of(refused(LoginClause.CHANGE_NEEDED));
    }
    boolean changed = !wanted.isEmpty();
    if (changed && (wanted.equals(now) || settings.passwords().refuse(typed.name(), wanted).isPresent())) {
      return Optional.of(refused(LoginClause.UNFIT_PASSWORD));
    }
    if (changed || known.password().iterations() < settings.iterations()) {
      SecretHash hash = new ClientStore(database).hash(changed ? wanted : now, settings.iterations());
      new PersonStore(database).setPassword(typed.name(), hash, false);
    }
    return Optional.empty();
  }

  private Answer granted(Login.Question question, Identities.Person person, List<String> methods, Instant now) {
    var bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    new OnceStore(database).keep(code,
        new OnceStore.LoggedIn(question, person.name(), methods, now, now.plus(CODE_LIFE)));
    return new Answer.Granted(code);
  }

  static String guess(String name) {
    return "person:" + name;
  }

  private static Answer refused(LoginClause clause) {
    return new Answer.Refused(clause, 0);
  }
}
