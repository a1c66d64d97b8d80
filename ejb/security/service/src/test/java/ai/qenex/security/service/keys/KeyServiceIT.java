package ai.qenex.security.service.keys;

import static ai.qenex.security.KeyPurpose.APPROVAL;
import static ai.qenex.security.KeyPurpose.AUDIT_SEAL;
import static ai.qenex.security.KeyPurpose.LEDGER_SEAL;
import static ai.qenex.security.KeyPurpose.PAYLOAD;
import static ai.qenex.security.KeyPurpose.SECRETS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyCustody.KeyChange;
import ai.qenex.security.KeyCustody.KeyClause;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyState;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignatureVerdict.Clause;
import ai.qenex.security.StoredSignature;
import ai.qenex.security.crypto.XWing;
import ai.qenex.security.keys.SuitePolicy;
import ai.qenex.security.service.keys.KeyFixture.Node;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Attacks invariant KEYS-1: keys go one way, and what they signed and sealed stays good. */
class KeyServiceIT {

  private static final byte[] MESSAGE = "pay nobody".getBytes(StandardCharsets.UTF_8);
  private static final byte[] PLACE = "table/column/1".getBytes(StandardCharsets.UTF_8);

  private final KeyFixture fixture = new KeyFixture();

  @Test
  void signsWithTheConfiguredSuiteAndVerifiesForThatPurposeOnly() {
    Node node = fixture.node();
    StoredSignature signature = node.work().sign(APPROVAL, MESSAGE);
    assertEquals("Ed25519+ML-DSA-65", signature.suite());
    assertEquals(1, signature.epoch());
    assertEquals(Clause.VALID, clause(node, APPROVAL, signature));
    node.work().sign(AUDIT_SEAL, MESSAGE);
    assertEquals(Clause.UNKNOWN_KEY, clause(node, AUDIT_SEAL, signature));
    assertEquals(Clause.DOES_NOT_VERIFY,
        node.work().verify(APPROVAL, signature, "pay me".getBytes(StandardCharsets.UTF_8)).clause());
    assertEquals(Clause.UNKNOWN_KEY, clause(node, APPROVAL,
        new StoredSignature("Ed25519", signature.keyId(), signature.epoch(), signature.bytes())));
    assertEquals(Clause.UNKNOWN_KEY,
        clause(node, APPROVAL, new StoredSignature(signature.suite(), signature.keyId(), 2, signature.bytes())));
    assertEquals(Clause.SUITE_NOT_ALLOWED,
        clause(node, APPROVAL, new StoredSignature("none", signature.keyId(), 1, signature.bytes())));
    QenexException misuse = assertThrows(QenexException.class, () -> node.work().sign(SECRETS, MESSAGE));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, misuse.code());
  }

  @Test
  void oldSignaturesOutliveRotationsButNotRetirement() {
    Node node = fixture.node();
    StoredSignature first = node.work().sign(APPROVAL, MESSAGE);
    KeyRecord second = rotated(node, APPROVAL, Optional.of("Ed25519"));
    assertEquals("Ed25519", second.suite());
    StoredSignature later = node.work().sign(APPROVAL, MESSAGE);
    assertEquals(2, later.epoch());
    assertEquals(second.id(), later.keyId());
    assertEquals(Clause.VALID, clause(node, APPROVAL, first));
    assertEquals(Clause.VALID, clause(fixture.node(KeyFixture.guard(1),
        KeyFixture.signingWith(APPROVAL, "Ed25519")), APPROVAL, first));

    assertRefused(KeyClause.KEY_STATE,
        node.registry().advance(APPROVAL, 2, KeyState.VERIFY_ONLY, KeyState.RETIRED));
    assertRefused(KeyClause.KEY_NOT_FOUND,
        node.registry().advance(APPROVAL, 9, KeyState.VERIFY_ONLY, KeyState.RETIRED));
    assertInstanceOf(KeyChange.Changed.class,
        node.registry().advance(APPROVAL, 1, KeyState.VERIFY_ONLY, KeyState.RETIRED));
    assertEquals(Clause.KEY_RETIRED, clause(node, APPROVAL, first));
    assertEquals(Clause.VALID, clause(node, APPROVAL, later));
    assertInstanceOf(KeyChange.Changed.class,
        node.registry().advance(APPROVAL, 1, KeyState.RETIRED, KeyState.DESTROYED));
    assertEquals(Clause.KEY_RETIRED, clause(node, APPROVAL, first));
  }

  @Test
  void theDatabaseItselfLetsNoKeyGoBack() throws SQLException {
    Node node = fixture.node();
    node.work().sign(APPROVAL, MESSAGE);
    rotated(node, APPROVAL, Optional.empty());
    for (String attack : List.of("delete from security.key",
        "update security.key set state = 'active', not_after = null where epoch = 1",
        "update security.key set public_key = '\\x00' where epoch = 2",
        "update security.key set epoch = 7 where epoch = 2",
        "update security.key set not_after = now() + interval '1 year' where epoch = 1",
        "update security.key set state = 'destroyed' where epoch = 1",
        "insert into security.key select md5(id), purpose, 3, suite, state, guard, public_key, sealed_key, kek_id,"
            + " token_label, not_before, not_after from security.key where epoch = 2")) {
      assertThrows(SQLException.class, () -> fixture.execute(attack), attack);
    }
    assertEquals(2, node.registry().newerRing().of(APPROVAL).size());
  }

  @Test
  void rotationsUnderLoadLoseNoSignature() throws Exception {
    Node node = fixture.node();
    Node other = fixture.node();
    var made = new ConcurrentLinkedQueue<StoredSignature>();
    var done = new AtomicBoolean();
    var threads = Executors.newFixedThreadPool(3);
    try {
      var work = new ArrayList<Future<?>>();
      for (Node signing : List.of(node, node, other)) {
        work.add(threads.submit(() -> {
          while (!done.get()) {
            StoredSignature signature = signing.work().sign(LEDGER_SEAL, MESSAGE);
            assertEquals(Clause.VALID, clause(signing, LEDGER_SEAL, signature));
            made.add(signature);
          }
        }));
      }
      for (int count = 0; count < 12; count++) {
        rotated(count % 2 == 0 ? node : other, LEDGER_SEAL, Optional.of(count % 3 == 0 ? "ML-DSA-65" : "Ed25519"));
      }
      done.set(true);
      for (Future<?> one : work) {
        one.get();
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    node.registry().newerRing();
    assertTrue(made.stream().map(StoredSignature::epoch).distinct().count() > 3);
    for (StoredSignature signature : made) {
      assertEquals(Clause.VALID, clause(node, LEDGER_SEAL, signature));
    }
  }

  @Test
  void nodesThatStartAtOnceShareOneKeyAndOneOfTwoRotationsCounts() throws Exception {
    Node one = fixture.node();
    Node two = fixture.node();
    List<StoredSignature> first = together(() -> one.work().sign(APPROVAL, MESSAGE),
        () -> two.work().sign(APPROVAL, MESSAGE));
    assertEquals(first.get(0).keyId(), first.get(1).keyId());
    List<KeyChange> changes = together(() -> one.registry().rotate(APPROVAL, Optional.empty()),
        () -> two.registry().rotate(APPROVAL, Optional.empty()));
    long done = changes.stream().filter(KeyChange.Changed.class::isInstance).count();
    assertTrue(done >= 1);
    assertEquals(1 + done, one.registry().newerRing().active(APPROVAL).orElseThrow().known().epoch());
  }

  @Test
  void suitesSwitchByConfigurationAndASwitchedOffOneIsNamed() {
    Node before = fixture.node(KeyFixture.guard(1), KeyFixture.signingWith(LEDGER_SEAL, "Ed25519"));
    StoredSignature old = before.work().sign(LEDGER_SEAL, MESSAGE);
    Node after = fixture.node();
    assertEquals("Ed25519+ML-DSA-65", after.work().sign(LEDGER_SEAL, MESSAGE).suite());
    assertEquals(Clause.VALID, clause(after, LEDGER_SEAL, old));

    Node strict = fixture.node(KeyFixture.guard(1), new SuitePolicy("Ed25519+ML-DSA-65,ECDSA-P256,SLH-DSA-SHA2-128s",
        "Ed25519+ML-DSA-65,ECDSA-P256,SLH-DSA-SHA2-128s,Ed25519@2020-12-31", Map.of()));
    var verdict = strict.work().verify(LEDGER_SEAL, old, MESSAGE);
    assertEquals(Clause.SUITE_NOT_ALLOWED, verdict.clause());
    assertEquals("Ed25519", verdict.suite());
    KeyChange.Refused refused =
        assertRefused(KeyClause.SUITE_NOT_ALLOWED, strict.registry().rotate(LEDGER_SEAL, Optional.of("Ed25519")));
    assertTrue(refused.detail().contains("suite Ed25519 "), refused.detail());
    assertRefused(KeyClause.SUITE_NOT_ALLOWED, strict.registry().rotate(LEDGER_SEAL, Optional.of("AES-256-GCM")));
    assertRefused(KeyClause.SUITE_NOT_ALLOWED, strict.registry().rotate(SECRETS, Optional.of("Ed25519")));
  }

  @Test
  void aSuiteWhoseTimeIsOverSignsNoMore() {
    Node node = fixture.node(KeyFixture.guard(1), new SuitePolicy(
        "Ed25519@2020-12-31,Ed25519+ML-DSA-65,ECDSA-P256,SLH-DSA-SHA2-128s", "", Map.of(APPROVAL, "Ed25519")));
    QenexException fault = assertThrows(QenexException.class, () -> node.work().sign(APPROVAL, MESSAGE));
    assertEquals(ErrorCode.CONFLICTING_STATE, fault.code());
    assertTrue(fault.getMessage().contains("Ed25519"));
  }

  @Test
  void whatIsSealedOpensAtItsPlaceOnlyAndAcrossRotations() {
    Node node = fixture.node();
    byte[] sealed = node.work().seal(SECRETS, MESSAGE, PLACE);
    assertArrayEquals(MESSAGE, node.work().open(SECRETS, sealed, PLACE).orElseThrow());
    assertFalse(java.util.Arrays.equals(sealed, node.work().seal(SECRETS, MESSAGE, PLACE)));
    rotated(node, SECRETS, Optional.empty());
    assertArrayEquals(MESSAGE, node.work().open(SECRETS, sealed, PLACE).orElseThrow());
    node.work().seal(KeyPurpose.PERSONAL_DATA, MESSAGE, PLACE);
    assertTrue(node.work().open(KeyPurpose.PERSONAL_DATA, sealed, PLACE).isEmpty());
    assertTrue(node.work().open(SECRETS, sealed, "table/column/2".getBytes(StandardCharsets.UTF_8)).isEmpty());
    for (int place = 0; place < sealed.length; place++) {
      byte[] altered = sealed.clone();
      altered[place] ^= 4;
      assertTrue(node.work().open(SECRETS, altered, PLACE).isEmpty(), "byte " + place);
    }
    for (int length = 0; length < sealed.length; length++) {
      assertTrue(node.work().open(SECRETS, java.util.Arrays.copyOf(sealed, length), PLACE).isEmpty());
    }
    node.registry().advance(SECRETS, 1, KeyState.VERIFY_ONLY, KeyState.RETIRED);
    node.registry().advance(SECRETS, 1, KeyState.RETIRED, KeyState.DESTROYED);
    assertTrue(node.work().open(SECRETS, sealed, PLACE).isEmpty(), "shredded");
  }

  @Test
  void opensWhatClientsEncapsulatedAcrossRotations() {
    Node node = fixture.node();
    KeyRecord key = node.work().publicKeys(PAYLOAD).get(0);
    byte[] seed = new byte[64];
    new SecureRandom().nextBytes(seed);
    XWing.Encapsulated sent = XWing.encapsulate(key.publicKey().orElseThrow(), seed);
    rotated(node, PAYLOAD, Optional.empty());
    assertArrayEquals(sent.secret(), node.work().decapsulate(PAYLOAD, key.id(), sent.ciphertext()).orElseThrow());
    assertTrue(node.work().decapsulate(PAYLOAD, "none", sent.ciphertext()).isEmpty());
    assertTrue(node.work().decapsulate(PAYLOAD, key.id(), new byte[9]).isEmpty());
  }

  @Test
  void keysAreSealedUnderTheKeyEncryptingKeyAndMoveToTheNext() throws SQLException {
    KeyMaterial known = SignatureSuites.newKeys("Ed25519", new SecureRandom());
    Node node = fixture.node(KeyFixture.guard(1), KeyFixture.signingWith(LEDGER_SEAL, "Ed25519"));
    node.work().adopt(LEDGER_SEAL, known);
    node.work().adopt(LEDGER_SEAL, SignatureSuites.newKeys("Ed25519", new SecureRandom()));
    StoredSignature signature = node.work().sign(LEDGER_SEAL, MESSAGE);
    assertEquals(SignatureSuites.keyId("Ed25519", known.publicKey()), signature.keyId());
    fixture.execute("do $$ begin if exists (select from security.key where position('\\x"
        + java.util.HexFormat.of().formatHex(known.privateKey()) + "'::bytea in sealed_key) > 0) then"
        + " raise exception 'a private key in clear'; end if; end $$");

    QenexException stranger = assertThrows(QenexException.class,
        () -> fixture.node(KeyFixture.guard(2), KeyFixture.USUAL));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, stranger.code());
    Node moved = fixture.node(new KeyRegistry.Guards(KeyFixture.guard(2), Optional.of(KeyFixture.guard(1))),
        KeyFixture.signingWith(LEDGER_SEAL, "Ed25519"));
    assertEquals(signature.keyId(), moved.work().sign(LEDGER_SEAL, MESSAGE).keyId());
    assertEquals(Clause.VALID, clause(moved, LEDGER_SEAL, signature));
    assertThrows(QenexException.class, () -> fixture.node(KeyFixture.guard(1), KeyFixture.USUAL));
  }

  private static Clause clause(Node node, KeyPurpose purpose, StoredSignature signature) {
    return node.work().verify(purpose, signature, MESSAGE).clause();
  }

  private static KeyRecord rotated(Node node, KeyPurpose purpose, Optional<String> suite) {
    KeyChange change = node.registry().rotate(purpose, suite);
    for (int again = 0; again < 50 && change instanceof KeyChange.Refused; again++) {
      change = node.registry().rotate(purpose, suite);
    }
    return assertInstanceOf(KeyChange.Changed.class, change).key();
  }

  private static KeyChange.Refused assertRefused(KeyClause clause, KeyChange change) {
    KeyChange.Refused refused = assertInstanceOf(KeyChange.Refused.class, change);
    assertEquals(clause, refused.clause());
    return refused;
  }

  private static <T> List<T> together(Callable<T> one, Callable<T> two) throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    try {
      Future<T> first = threads.submit(one);
      Future<T> second = threads.submit(two);
      return List.of(first.get(), second.get());
    } finally {
      threads.shutdownNow();
    }
  }
}
