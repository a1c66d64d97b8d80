package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Factors;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.PasskeyAnswer;
import ai.qenex.security.PasskeyQuestion;
import ai.qenex.security.identity.CodeOfTheMoment;
import ai.qenex.security.identity.RecoveryCode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * What people prove themselves with, in tables {@code totp}, {@code recovery_code}, {@code passkey} and
 * {@code passkey_question} of schema {@code security}. Each use that may happen once is one statement whose count of
 * rows says who was first.
 */
final class PeoplesFactors implements LogPeopleIn.SecondFactor {

  private static final Duration QUESTION_LIFE = Duration.ofMinutes(5);
  private static final int CHALLENGE_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final Sql sql;
  private final KeyService keys;
  private final PasskeyCeremony ceremony;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();

  PeoplesFactors(DataSource database, KeyService keys, PasskeyCeremony ceremony) {
    this.sql = new Sql(database);
    this.keys = keys;
    this.ceremony = ceremony;
  }

  Factors.Held of(String name) {
    boolean totp = sql.first(row -> row.getBytes(1) != null, "select secret from security.totp where subject = ?", name)
        .orElse(false);
    List<Factors.Passkey> passkeys = sql.query(
        row -> new Factors.Passkey(BASE64.encodeToString(row.getBytes(1)), row.getString(2),
            row.getTimestamp(3).toInstant()),
        "select credential_id, label, created_at from security.passkey where subject = ? order by created_at", name);
    int codes = sql.first(row -> row.getInt(1), "select count(*) from security.recovery_code where subject = ?", name)
        .orElse(0);
    return new Factors.Held(totp, passkeys, codes);
  }

  /** A code at the login; a person whose only factors are passkeys uses them for what needs a proof. */
  @Override
  public boolean isNeeded(String name) {
    return of(name).totp();
  }

  @Override
  public boolean takes(String name, String code) {
    return CodeOfTheMoment.isCode(code) ? takesCode(name, code, clock.instant()) : burnsRecoveryCode(name, code);
  }

  Factors.TotpSecret beginTotp(String name) {
    byte[] secret = random(CodeOfTheMoment.SECRET_BYTES);
    sql.execute("insert into security.totp (subject, waiting_secret) values (?, ?) on conflict (subject)"
        + " do update set waiting_secret = excluded.waiting_secret, changed_at = now()", name, sealed(name, secret));
    String text = Base32.encode(secret);
    return new Factors.TotpSecret(text, "otpauth://totp/QENEX:" + name + "?secret=" + text + "&issuer=QENEX");
  }

  boolean confirmTotp(String name, String code, Instant now) {
    Optional<byte[]> sealed = sql.first(row -> row.getBytes(1),
        "select waiting_secret from security.totp where subject = ? and waiting_secret is not null", name);
    OptionalLong step = sealed.isEmpty() ? OptionalLong.empty()
        : CodeOfTheMoment.stepOf(opened(name, sealed.get()), code, now, 0);
    return step.isPresent() && sql.execute("update security.totp set secret = waiting_secret, waiting_secret = null,"
        + " last_step = ?, changed_at = now() where subject = ? and waiting_secret = ?", step.getAsLong(), name,
        sealed.get()) == 1;
  }

  /** Whether the code is right and nobody used it, or a later one, before; it is burnt then. */
  boolean takesCode(String name, String code, Instant now) {
    record Kept(byte[] secret, long lastStep) {}
    Optional<Kept> kept = sql.first(row -> new Kept(row.getBytes(1), row.getLong(2)),
        "select secret, last_step from security.totp where subject = ? and secret is not null", name);
    OptionalLong step = kept.isEmpty() ? OptionalLong.empty()
        : CodeOfTheMoment.stepOf(opened(name, kept.get().secret()), code, now, kept.get().lastStep());
    return step.isPresent() && sql.execute(
        "update security.totp set last_step = ? where subject = ? and last_step < ?", step.getAsLong(), name,
        step.getAsLong()) == 1;
  }

  List<String> renewRecoveryCodes(String name) {
    sql.execute("delete from security.recovery_code where subject = ?", name);
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < RecoveryCode.CODES; i++) {
      String code = RecoveryCode.of(random(RecoveryCode.BYTES));
      sql.execute("insert into security.recovery_code (subject, code_hash) values (?, ?)", name,
          RecoveryCode.digest(name, code));
      codes.add(code);
    }
    return codes;
  }

  boolean burnsRecoveryCode(String name, String code) {
    return RecoveryCode.isCode(code)
        && sql.execute("delete from security.recovery_code where subject = ? and code_hash = ?", name,
            RecoveryCode.digest(name, code)) == 1;
  }

  /** @param codesToo recovery codes as well */
  void takeAway(String name, boolean codesToo) {
    sql.execute("delete from security.totp where subject = ?", name);
    sql.execute("delete from security.passkey where subject = ?", name);
    if (codesToo) {
      sql.execute("delete from security.recovery_code where subject = ?", name);
    }
  }

  PasskeyQuestion askForPasskey(String name, Instant now) {
    byte[] challenge = random(CHALLENGE_BYTES);
    sql.execute("insert into security.passkey_question (subject, challenge, expires_at) values (?, ?, ?)"
        + " on conflict (subject) do update set challenge = excluded.challenge, expires_at = excluded.expires_at", name,
        challenge, now.plus(QUESTION_LIFE));
    return question(name, challenge);
  }

  Optional<Factors.Passkey> keepPasskey(String name, String label, PasskeyAnswer answer, Instant now) {
    Optional<byte[]> challenge = sql.first(row -> row.getBytes(1),
        "delete from security.passkey_question where subject = ? and expires_at > ? returning challenge", name, now);
    Optional<PasskeyCeremony.Made> made = challenge.flatMap(asked -> ceremony.made(asked, answer));
    if (made.isEmpty() || of(name).passkeys().size() >= Factors.MAX_PASSKEYS) {
      return Optional.empty();
    }
    PasskeyCeremony.Made passkey = made.get();
    int kept = sql.execute("insert into security.passkey (credential_id, subject, label, credential, sign_count)"
        + " values (?, ?, ?, ?, ?) on conflict do nothing", passkey.credentialId(), name, label, passkey.credential(),
        passkey.signCount());
    return kept == 1 ? Optional.of(new Factors.Passkey(BASE64.encodeToString(passkey.credentialId()), label, now))
        : Optional.empty();
  }

  PasskeyQuestion question(String name, byte[] challenge) {
    return new PasskeyQuestion(BASE64.encodeToString(challenge), ceremony.rpId(),
        of(name).passkeys().stream().map(Factors.Passkey::credentialId).toList());
  }

  /** Whether a passkey of that person answered that challenge; a count of signatures that does not grow is refused. */
  boolean takesPasskey(String name, byte[] challenge, PasskeyAnswer answer) {
    Optional<PasskeyCeremony.Made> passkey = idOf(answer).flatMap(id -> sql.first(
        row -> new PasskeyCeremony.Made(row.getBytes(1), row.getBytes(2), row.getLong(3)),
        "select credential_id, credential, sign_count from security.passkey where credential_id = ? and subject = ?",
        id, name));
    Optional<Long> count = passkey.flatMap(known -> ceremony.used(challenge, known, answer));
    return count.isPresent() && sql.execute("update security.passkey set sign_count = ? where credential_id = ?"
        + " and (sign_count < ? or ? = 0 and sign_count = 0)", count.get(), passkey.get().credentialId(), count.get(),
        count.get()) == 1;
  }

  private static Optional<byte[]> idOf(PasskeyAnswer answer) {
    try {
      return Optional.of(PasskeyCeremony.bytes(answer.credentialId()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no base64url
    }
  }

  private byte[] random(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] sealed(String name, byte[] secret) {
    return keys.seal(KeyPurpose.SECRETS, secret, place(name));
  }

  private byte[] opened(String name, byte[] sealed) {
    return keys.open(KeyPurpose.SECRETS, sealed, place(name)).orElseThrow(() -> new QenexException(
        ErrorCode.STORAGE_FAILED, "The seed of a person's codes was altered or its key is gone"));
  }

  /** A sealed secret opens at its own row only. */
  private static byte[] place(String name) {
    return ("security.totp " + name).getBytes(StandardCharsets.UTF_8);
  }
}
