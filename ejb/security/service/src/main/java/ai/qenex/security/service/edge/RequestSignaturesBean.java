package ai.qenex.security.service.edge;

import ai.qenex.security.RequestSignatures;
import ai.qenex.security.Roles;
import ai.qenex.security.SignatureClause;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignedRequest;
import ai.qenex.security.edge.SignatureRules;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Judges signed requests by the keys in the database, of which it remembers recent ones for some seconds. */
@Singleton
@DependsOn("SecurityStart")
@Local(RequestSignatures.class)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@RolesAllowed(Roles.ADMINISTRATOR)
public class RequestSignaturesBean implements RequestSignatures {

  private static final SignatureRules RULES = new SignatureRules(Duration.ofSeconds(300), Duration.ofSeconds(30));
  /** A revocation on another node is noticed as late as that. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);
  private static final int MOST_REMEMBERED = 10_000;
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{32}");
  private static final Map<String, Integer> KEY_BYTES = Map.of("Ed25519", 32, "ECDSA-P256", 65, "ML-DSA-65", 1_952);

  private record Remembered(Key key, Instant until) {}

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private final InstantSource clock = InstantSource.system();
  private final Map<String, Remembered> known = new ConcurrentHashMap<>();

  @Override
  @PermitAll
  public Optional<SignatureClause> judge(SignedRequest request, String client) {
    SignatureRules.Finding finding = RULES.judge(request, keyId -> verifyingKey(keyId, client), clock.instant());
    if (finding.refusal().isPresent()) {
      return finding.refusal();
    }
    SignatureRules.Use use = finding.used().orElseThrow();
    return new UsedNonces(database).use(use.keyId(), use.nonce(), use.until()) ? Optional.empty()
        : Optional.of(SignatureClause.SIGNATURE_REPLAYED);
  }

  private Optional<SignatureRules.VerifyingKey> verifyingKey(String keyId, String client) {
    return key(keyId).filter(key -> key.client().equals(client) && key.revokedAt().isEmpty())
        .map(key -> new SignatureRules.VerifyingKey(key.suite(), key.publicKey()));
  }

  private Optional<Key> key(String keyId) {
    if (!KEY_ID.matcher(keyId).matches()) {
      return Optional.empty();
    }
    Remembered remembered = known.get(keyId);
    if (remembered != null && clock.instant().isBefore(remembered.until)) {
      return Optional.of(remembered.key);
    }
    Optional<Key> key = new RequestKeyStore(database).find(keyId);
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    key.ifPresent(found -> known.put(keyId, new Remembered(found, clock.instant().plus(REMEMBERED))));
    return key;
  }

  @Override
  public Optional<Key> register(String client, String suite, byte[] publicKey) {
    if (publicKey.length != KEY_BYTES.getOrDefault(suite, -1)) {
      return Optional.empty();
    }
    String keyId = SignatureSuites.keyId(suite, publicKey);
    var keys = new RequestKeyStore(database);
    keys.add(new Key(keyId, client, suite, publicKey, clock.instant(), Optional.empty()));
    return keys.find(keyId).filter(key -> key.client().equals(client));
  }

  @Override
  public Optional<Key> revoke(String keyId) {
    var keys = new RequestKeyStore(database);
    keys.revoke(keyId);
    known.remove(keyId);
    return keys.find(keyId);
  }

  @Override
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  public List<Key> keysOf(String client) {
    return new RequestKeyStore(database).ofClient(client);
  }
}
