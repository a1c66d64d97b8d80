package ai.qenex.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people prove themselves with beside their password, kept by the bank itself whoever issues the tokens, by the
 * name in the token. The first factor is enrolled by whoever holds the person's token; every further change asks for a
 * proof with a factor there is, or for a recovery code.
 */
public interface Factors {

  /** Of one person. */
  int MAX_PASSKEYS = 10;

  Held of(String name);

  /**
   * A new secret, which counts when a first code confirms it. Replaces one that was never confirmed.
   */
  TotpSecret beginTotp(String name);

  /** Whether the code confirms the secret that waits. */
  boolean confirmTotp(StepUpCaller caller, String code);

  PasskeyQuestion beginPasskey(String name);

  /** Keeps the passkey that answers the question asked last; empty: it does not. */
  Optional<Passkey> keepPasskey(StepUpCaller caller, String label, PasskeyAnswer answer);

  /** Ten new recovery codes in the place of those there are. Shown once: digests are kept. */
  List<String> renewRecoveryCodes(StepUpCaller caller);

  /**
   * Uses a recovery code up and takes every factor away, so that new ones can be enrolled. False: there is no such
   * code, or too many wrong ones were given.
   */
  boolean recover(StepUpCaller caller, String code);

  /** Takes every factor and recovery code away: an administrator's help for who lost all of them. */
  void reset(StepUpCaller administrator, String name);

  /** @param recoveryCodes that are left */
  record Held(boolean totp, List<Passkey> passkeys, int recoveryCodes) {

    public Held {
      passkeys = List.copyOf(passkeys);
    }

    public boolean none() {
      return !totp && passkeys.isEmpty();
    }
  }

  /** @param credentialId base64url */
  record Passkey(String credentialId, String label, Instant since) {}

  /**
   * @param secret base 32 without padding (RFC 4648), as people type it
   * @param uri {@code otpauth://totp/…} as authenticators scan it
   */
  record TotpSecret(String secret, String uri) {

    /** Never the secret itself. */
    @Override
    public String toString() {
      return "TotpSecret";
    }
  }
}
