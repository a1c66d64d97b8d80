package ai.qenex.security.service.keys;

import ai.qenex.security.KeyCustody;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyService;
import ai.qenex.security.KeyState;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.Roles;
import ai.qenex.security.SignatureVerdict;
import ai.qenex.security.StoredSignature;
import ai.qenex.security.keys.SuitePolicy;
import ai.qenex.security.service.SecurityStart;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The bank's keys in the server. What signs and seals is open to every part of the EAR, because whoever asks for it was
 * let in before; the life of keys is for administrators alone.
 */
@Singleton
@Startup
@DependsOn("SecurityStart")
@Local({KeyService.class, KeyCustody.class})
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class KeyServiceBean implements KeyService, KeyCustody {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;

  private KeyRegistry registry;
  private KeyWork work;

  @PostConstruct
  void start() {
    var settings = new KeySettings(ConfigProvider.getConfig(), start.profile());
    InstantSource clock = InstantSource.system();
    SuitePolicy policy = settings.policy();
    registry =
        new KeyRegistry(database, settings.guards(), new KeyRegistry.Rules(policy, settings.reload()), clock);
    registry.start();
    work = new KeyWork(registry, policy, clock);
  }

  @Override
  public StoredSignature sign(KeyPurpose purpose, byte[] message) {
    return work.sign(purpose, message);
  }

  @Override
  public SignatureVerdict verify(KeyPurpose purpose, StoredSignature signature, byte[] message) {
    return work.verify(purpose, signature, message);
  }

  @Override
  public MessageSigner signer(KeyPurpose purpose) {
    return work.signer(purpose);
  }

  @Override
  public byte[] seal(KeyPurpose purpose, byte[] plain, byte[] associated) {
    return work.seal(purpose, plain, associated);
  }

  @Override
  public Optional<byte[]> open(KeyPurpose purpose, byte[] sealed, byte[] associated) {
    return work.open(purpose, sealed, associated);
  }

  @Override
  public Optional<byte[]> decapsulate(KeyPurpose purpose, String keyId, byte[] ciphertext) {
    return work.decapsulate(purpose, keyId, ciphertext);
  }

  @Override
  public List<KeyRecord> publicKeys(KeyPurpose purpose) {
    return work.publicKeys(purpose);
  }

  @Override
  public void adopt(KeyPurpose purpose, KeyMaterial keys) {
    work.adopt(purpose, keys);
  }

  @Override
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  public List<KeyRecord> keys() {
    var ring = registry.newerRing();
    return Arrays.stream(KeyPurpose.values()).flatMap(purpose -> ring.of(purpose).stream()).map(HeldKey::known)
        .sorted(Comparator.comparing(KeyRecord::purpose).thenComparing(KeyRecord::epoch)).toList();
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public KeyChange rotate(KeyPurpose purpose, Optional<String> suite) {
    return registry.rotate(purpose, suite);
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public KeyChange retire(KeyPurpose purpose, int epoch) {
    return registry.advance(purpose, epoch, KeyState.VERIFY_ONLY, KeyState.RETIRED);
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public KeyChange destroy(KeyPurpose purpose, int epoch) {
    return registry.advance(purpose, epoch, KeyState.RETIRED, KeyState.DESTROYED);
  }
}
