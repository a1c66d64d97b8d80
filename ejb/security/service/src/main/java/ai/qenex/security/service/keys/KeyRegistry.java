package ai.qenex.security.service.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyCustody.KeyChange;
import ai.qenex.security.KeyCustody.KeyClause;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyState;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.keys.KeyGuard;
import ai.qenex.security.keys.SealedForm;
import ai.qenex.security.keys.SuitePolicy;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.XWing;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Knows the keys in the database, makes them and leads them through their life (invariant {@code KEYS-1}). What it
 * knows is read again when it is older than some seconds, because another node may have rotated; a rotation on this
 * node is known at once. Callers go on with what was known last while the database is away.
 */
final class KeyRegistry {

  private static final int SECRET_ID_BYTES = 16;
  /** So that unknown key ids, which anybody can invent, do not become queries each. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
  private static final System.Logger LOG = System.getLogger(KeyRegistry.class.getName());

  private final DataSource database;
  private final KeyGuard guard;
  private final Optional<KeyGuard> formerGuard;
  private final SuitePolicy policy;
  private final InstantSource clock;
  private final Duration reload;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock reading = new ReentrantLock();
  private volatile KeyRing ring = KeyRing.of(List.of());

  /** Who guards private keys now, and who guarded those that are still sealed by another key-encrypting key. */
  record Guards(KeyGuard now, Optional<KeyGuard> former) {}

  /** Which suites count, and how old what is known may get. */
  record Rules(SuitePolicy policy, Duration reload) {}

  KeyRegistry(DataSource database, Guards guards, Rules rules, InstantSource clock) {
    this.database = database;
    this.guard = guards.now;
    this.formerGuard = guards.former;
    this.policy = rules.policy;
    this.reload = rules.reload;
    this.clock = clock;
  }

  KeyGuard guard() {
    return guard;
  }

  /** Reads the keys, seals them under the present key-encrypting key, and rotates what signs with a suite of before. */
  void start() {
    inTransaction(connection -> {
      var store = new KeptKeyStore(connection);
      for (KeptKey key : store.all()) {
        if (key.sealed() != null && !key.kekId().equals(guard.kekId())) {
          store.change(rewrapped(key), key.known().state());
        }
      }
      return true;
    });
    read();
    for (KeyPurpose purpose : KeyPurpose.values()) {
      Optional<HeldKey> active = ring.active(purpose);
      if (active.isPresent() && !active.get().known().suite().equals(policy.suiteOf(purpose))) {
        LOG.log(Level.INFO, "{0} goes on with suite {1}, as configured", purpose.text(), policy.suiteOf(purpose));
        rotate(purpose, Optional.empty());
      }
    }
  }

  KeyRing ring() {
    if (System.nanoTime() - ring.readAtNanos() > reload.toNanos() && reading.tryLock()) {
      try {
        readIfPossible();
      } finally {
        reading.unlock();
      }
    }
    return ring;
  }

  /** The keys as they are now, if they were not read this very moment: for whoever misses one. */
  KeyRing newerRing() {
    if (System.nanoTime() - ring.readAtNanos() > SHORTEST_PAUSE.toNanos()) {
      readIfPossible();
    }
    return ring;
  }

  /** The active key, made now if the purpose has none. */
  HeldKey active(KeyPurpose purpose) {
    Optional<HeldKey> known = ring().active(purpose);
    if (known.isPresent()) {
      return known.get();
    }
    KeptKey first = newKey(purpose, 1, policy.suiteOf(purpose));
    inTransaction(connection -> new KeptKeyStore(connection).add(first));
    read();
    return ring.active(purpose).orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE,
        "purpose " + purpose.text() + " has keys, but none is active"));
  }

  void adopt(KeyPurpose purpose, KeyMaterial keys) {
    read();
    if (!ring.of(purpose).isEmpty()) {
      return;
    }
    String id = SignatureSuites.keyId(keys.suite(), keys.publicKey());
    var known = new KeyRecord(id, purpose, 1, keys.suite(), KeyState.ACTIVE, guard.name(),
        Optional.of(keys.publicKey()), now(), Optional.empty());
    byte[] sealed = guard.wrap(keys.privateKey(), SealedForm.keyContext(id, purpose));
    if (inTransaction(
        connection -> new KeptKeyStore(connection).add(new KeptKey(known, sealed, guard.kekId(), null)))) {
      LOG.log(Level.INFO, "Took over key {0} of {1}, suite {2}", id, purpose.text(), keys.suite());
    }
    read();
    if (!ring.active(purpose).orElseThrow().known().suite().equals(policy.suiteOf(purpose))) {
      rotate(purpose, Optional.empty());
    }
  }

  KeyChange rotate(KeyPurpose purpose, Optional<String> wanted) {
    String suite = wanted.orElse(policy.suiteOf(purpose));
    if (purpose.use() == KeyPurpose.Use.SIGN ? !policy.maySign(suite, clock.instant())
        : !suite.equals(policy.suiteOf(purpose))) {
      return new KeyChange.Refused(KeyClause.SUITE_NOT_ALLOWED,
          "suite " + suite + " may not serve purpose " + purpose.text());
    }
    HeldKey before = active(purpose);
    KeptKey next = newKey(purpose, before.known().epoch() + 1, suite);
    boolean rotated = inTransaction(connection -> {
      var store = new KeptKeyStore(connection);
      return store.change(before.kept().as(KeyState.VERIFY_ONLY, Optional.of(now())), KeyState.ACTIVE)
          && store.add(next);
    });
    read();
    return rotated ? new KeyChange.Changed(next.known())
        : new KeyChange.Refused(KeyClause.ROTATED_MEANWHILE,
            "another call rotated " + purpose.text() + " from epoch " + before.known().epoch());
  }

  /** Leads a key from one state to the next. */
  KeyChange advance(KeyPurpose purpose, int epoch, KeyState from, KeyState to) {
    read();
    Optional<HeldKey> found = ring.byEpoch(purpose, epoch);
    if (found.isEmpty()) {
      return new KeyChange.Refused(KeyClause.KEY_NOT_FOUND, purpose.text() + " has no epoch " + epoch);
    }
    KeptKey before = found.get().kept();
    KeptKey after = before.as(to, before.known().notAfter());
    if (before.known().state() != from
        || !inTransaction(connection -> new KeptKeyStore(connection).change(after, from))) {
      return new KeyChange.Refused(KeyClause.KEY_STATE,
          "the key is " + before.known().state().text() + ", not " + from.text());
    }
    if (to == KeyState.DESTROYED && before.label() != null) {
      guard.destroy(before.label());
    }
    read();
    return new KeyChange.Changed(after.known());
  }

  private KeptKey newKey(KeyPurpose purpose, int epoch, String suite) {
    if (purpose.use() == KeyPurpose.Use.SIGN && guard.holds(suite)) {
      String label = "qenex-" + purpose.text() + "-" + epoch + "-" + HexFormat.of().formatHex(bytes(4));
      byte[] publicKey = guard.newKeys(suite, label);
      return new KeptKey(record(purpose, epoch, suite, Optional.of(publicKey)), null, null, label);
    }
    KeyMaterial keys = switch (purpose.use()) {
      case SIGN -> SignatureSuites.newKeys(suite, random);
      case OPEN -> {
        byte[] seed = bytes(XWing.SEED_BYTES);
        yield new KeyMaterial(suite, seed, XWing.publicKey(seed));
      }
      case SEAL -> new KeyMaterial(suite, bytes(AesGcm.KEY_BYTES), new byte[0]);
    };
    KeyRecord known = record(purpose, epoch, suite, Optional.of(keys.publicKey()).filter(key -> key.length > 0));
    return new KeptKey(known, guard.wrap(keys.privateKey(), SealedForm.keyContext(known.id(), purpose)), guard.kekId(),
        null);
  }

  private KeyRecord record(KeyPurpose purpose, int epoch, String suite, Optional<byte[]> publicKey) {
    String id = publicKey.map(key -> SignatureSuites.keyId(suite, key))
        .orElseGet(() -> HexFormat.of().formatHex(bytes(SECRET_ID_BYTES)));
    return new KeyRecord(id, purpose, epoch, suite, KeyState.ACTIVE, guard.name(), publicKey, now(), Optional.empty());
  }

  private KeptKey rewrapped(KeptKey key) {
    KeyRecord known = key.known();
    byte[] context = SealedForm.keyContext(known.id(), known.purpose());
    KeyGuard former = formerGuard.filter(other -> other.kekId().equals(key.kekId()))
        .orElseThrow(() -> new QenexException(ErrorCode.INVALID_CONFIGURATION, "key " + known.epoch() + " of "
            + known.purpose().text() + " is sealed by key-encrypting key " + key.kekId() + ", not " + guard.kekId()
            + ": configure that one, as qenex.keys.former-kek if a new one takes over"));
    byte[] sealed = guard.wrap(former.unwrap(key.sealed(), context), context);
    return new KeptKey(new KeyRecord(known.id(), known.purpose(), known.epoch(), known.suite(), known.state(),
        guard.name(), known.publicKey(), known.notBefore(), known.notAfter()), sealed, guard.kekId(), null);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void readIfPossible() {
    try {
      read();
    } catch (QenexException e) {
      LOG.log(Level.WARNING, "Keys cannot be read again; those known go on: {0}", e.getMessage());
      ring = new KeyRing(ring.keys(), System.nanoTime());
    }
  }

  private void read() {
    KeyRing before = ring;
    List<KeptKey> all = inTransaction(connection -> new KeptKeyStore(connection).all());
    var held = new ArrayList<HeldKey>(all.size());
    for (KeptKey key : all) {
      held.add(new HeldKey(key, secretOf(key, before)));
    }
    ring = KeyRing.of(held);
  }

  private byte[] secretOf(KeptKey key, KeyRing before) {
    KeyState state = key.known().state();
    if (key.sealed() == null || state == KeyState.RETIRED || state == KeyState.DESTROYED) {
      return null;
    }
    return before.byId(key.known().id()).map(HeldKey::secret).orElseGet(
        () -> guard.unwrap(key.sealed(), SealedForm.keyContext(key.known().id(), key.known().purpose())));
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Commits what is true or no boolean, rolls back what is false. */
  private <T> T inTransaction(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        if (!Boolean.FALSE.equals(result)) {
          connection.commit();
        }
        return result;
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "The keys cannot be read or changed", e);
    }
  }
}
