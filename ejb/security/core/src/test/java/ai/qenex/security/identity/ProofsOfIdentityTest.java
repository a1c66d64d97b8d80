package ai.qenex.security.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.PasswordClause;
import ai.qenex.security.SecretHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Passwords, code exchanges and recovery codes. */
class ProofsOfIdentityTest {

  private static final SecretHash KEPT = SecretHash.of("correct horse", new byte[16], 1_000);
  private static final SecretHash NOBODY = SecretHash.of("", new byte[16], 1_000);
  private final PasswordPolicy policy = new PasswordPolicy(12, "correct horse battery"::equals);

  /** Measures the work, not the time: the same comparison of the same cost once, whoever is asked for. */
  @Test
  void comparesAnUnknownNameAtTheCostOfAKnownOne() {
    List<SecretHash> compared = new ArrayList<>();
    var check = new CheckSecret(NOBODY, (hash, secret) -> {
      compared.add(hash);
      return hash.matches(secret);
    });
    assertTrue(check.proves(Optional.of(KEPT), "correct horse"));
    assertFalse(check.proves(Optional.of(KEPT), "wrong"));
    assertFalse(check.proves(Optional.empty(), "wrong"));
    assertFalse(check.proves(Optional.empty(), ""), "the hash of nobody opens nothing");
    assertEquals(List.of(KEPT, KEPT, NOBODY, NOBODY), compared);
    assertEquals(KEPT.iterations(), NOBODY.iterations());
  }

  @Test
  void takesTheExampleOfTheStandardForCodeExchanges() { // RFC 7636 appendix B
    String challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    assertTrue(Pkce.isChallenge(challenge));
    assertTrue(Pkce.proves(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
    assertFalse(Pkce.proves(challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
    assertFalse(Pkce.proves(challenge, challenge), "the challenge is no verifier of itself");
    assertFalse(Pkce.isChallenge("short"));
  }

  @Test
  void refusesUnfitPasswords() {
    assertEquals(Optional.of(PasswordClause.TOO_SHORT), policy.refuse("anna", "short-one-1"));
    assertEquals(Optional.of(PasswordClause.TOO_LONG), policy.refuse("anna", "x".repeat(129)));
    assertEquals(Optional.of(PasswordClause.CONTAINS_NAME), policy.refuse("anna", "I am ANNA of the bank"));
    assertEquals(Optional.of(PasswordClause.CONTAINS_BANK_WORD), policy.refuse("anna", "I-love-QeNeX-dearly"));
    assertEquals(Optional.of(PasswordClause.CONTAINS_BANK_WORD), policy.refuse("anna", "administrator 1"));
    assertEquals(Optional.of(PasswordClause.BREACHED), policy.refuse("anna", "correct horse battery"));
    assertEquals(Optional.empty(), policy.refuse("anna", "twelve chars"));
    assertEquals(Optional.empty(), policy.refuse("anna", "\uD83D\uDE00".repeat(12)), "counts characters, not chars");
  }

  @Test
  void readsAPasswordTheSameHoweverItsCharactersWereComposed() {
    assertEquals(PasswordPolicy.normalized("caf\u00e9"), PasswordPolicy.normalized("cafe\u0301"));
  }

  @Test
  void writesEveryBitOfARecoveryCode() {
    assertEquals("0000-".repeat(7) + "0000", RecoveryCode.of(new byte[20]));
    byte[] ones = new byte[20];
    Arrays.fill(ones, (byte) -1);
    assertEquals("ZZZZ-".repeat(7) + "ZZZZ", RecoveryCode.of(ones));
    Set<String> codes = new HashSet<>();
    for (int bit = 0; bit < 160; bit++) {
      byte[] one = new byte[20];
      one[bit / 8] = (byte) (0x80 >> bit % 8);
      codes.add(RecoveryCode.of(one));
    }
    assertEquals(160, codes.size());
    byte[] random = new byte[20];
    new Random(1).nextBytes(random);
    assertTrue(RecoveryCode.isCode(RecoveryCode.of(random)));
  }

  @Test
  void readsARecoveryCodeAsPeopleTypeIt() {
    assertArrayEquals(RecoveryCode.digest("anna", "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"),
        RecoveryCode.digest("anna", "abcdefgh jkmnpqrs tvwxyz0123456789"));
    assertFalse(Arrays.equals(RecoveryCode.digest("anna", "ABCD-EFGH-JKMN-PQRS"),
        RecoveryCode.digest("berta", "ABCD-EFGH-JKMN-PQRS")), "a code is one person's");
    assertFalse(RecoveryCode.isCode("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-678"));
    assertFalse(RecoveryCode.isCode("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-678U"));
  }
}
