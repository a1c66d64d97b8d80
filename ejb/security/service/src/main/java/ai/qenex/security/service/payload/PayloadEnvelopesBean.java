package ai.qenex.security.service.payload;

import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyService;
import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.Roles;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.crypto.XWing;
import ai.qenex.security.payload.CompactJwe;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Envelopes in the server. */
@Stateless
@Local(PayloadEnvelopes.class)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PayloadEnvelopesBean implements PayloadEnvelopes {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private KeyService keys;

  private final SecureRandom random = new SecureRandom();
  private ClientKeyStore clients;

  @PostConstruct
  void open() {
    clients = new ClientKeyStore(database);
  }

  @Override
  public Opening open(byte[] compact) {
    Optional<CompactJwe> read = CompactJwe.read(compact);
    if (read.isEmpty()) {
      return new Opening.Refused(Clause.NOT_AN_ENVELOPE,
          "compact JWE has five parts, and a header of alg, enc, kid, ek and cty");
    }
    CompactJwe envelope = read.get();
    if (!envelope.usesOurAlgorithms()) {
      return new Opening.Refused(Clause.ALGORITHM_NOT_ALLOWED,
          "alg is " + CompactJwe.ALGORITHM + " and enc is " + CompactJwe.ENCRYPTION);
    }
    if (bankKeys().stream().noneMatch(key -> key.id().equals(envelope.keyId()))) {
      return new Opening.Refused(Clause.UNKNOWN_KEY, "kid is none of the bank's keys");
    }
    Optional<byte[]> content = envelope.encapsulation()
        .flatMap(bytes -> keys.decapsulate(KeyPurpose.PAYLOAD, envelope.keyId(), bytes)).flatMap(envelope::open);
    if (content.isEmpty()) {
      return new Opening.Refused(Clause.DOES_NOT_OPEN, "it was altered, cut, or encrypted to another key");
    }
    return new Opening.Opened(content.get(), envelope.contentType());
  }

  @Override
  public Optional<String> seal(ClientKey.Owner owner, byte[] content, String contentType) {
    byte[] randomness = new byte[CompactJwe.RANDOM_BYTES];
    random.nextBytes(randomness);
    return clients.of(owner.client()).stream().filter(key -> key.id().equals(owner.id())).findFirst()
        .map(key -> CompactJwe.seal(new CompactJwe.Recipient(key.id(), key.publicKey()), content, contentType,
            randomness));
  }

  @Override
  public List<KeyRecord> bankKeys() {
    return keys.publicKeys(KeyPurpose.PAYLOAD);
  }

  @Override
  public List<ClientKey> keysOf(String client) {
    return clients.of(client);
  }

  @Override
  public Optional<ClientKey> register(String client, byte[] publicKey) {
    if (!XWing.isPublicKey(publicKey)) {
      return Optional.empty();
    }
    String id = SignatureSuites.keyId(XWing.NAME, publicKey);
    List<ClientKey> known = clients.of(client);
    if (known.size() < MOST_KEYS && known.stream().noneMatch(key -> key.id().equals(id))) {
      clients.add(new ClientKey.Owner(client, id), publicKey);
    }
    return clients.of(client).stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
