package ai.qenex.security.service.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyPurpose.Use;
import ai.qenex.security.KeyRecord;
import ai.qenex.security.KeyService;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.SignatureVerdict;
import ai.qenex.security.SignatureVerdict.Clause;
import ai.qenex.security.StoredSignature;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.XWing;
import ai.qenex.security.keys.SealedForm;
import ai.qenex.security.keys.SuitePolicy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What is done with keys, over a registry. For any thread. */
final class KeyWork implements KeyService {

  private final KeyRegistry registry;
  private final SuitePolicy policy;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  KeyWork(KeyRegistry registry, SuitePolicy policy, InstantSource clock) {
    this.registry = registry;
    this.policy = policy;
    this.clock = clock;
  }

  @Override
  public StoredSignature sign(KeyPurpose purpose, byte[] message) {
    MessageSigner signer = signer(purpose);
    return new StoredSignature(signer.suite(), signer.keyId(), signer.epoch(), signer.sign(message));
  }

  @Override
  public MessageSigner signer(KeyPurpose purpose) {
    HeldKey key = active(purpose, Use.SIGN);
    if (!policy.maySign(key.known().suite(), clock.instant())) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE,
          "suite " + key.known().suite() + " may sign no more: rotate " + purpose.text() + " to another");
    }
    return key.signer(registry.guard());
  }

  @Override
  public SignatureVerdict verify(KeyPurpose purpose, StoredSignature signature, byte[] message) {
    return new SignatureVerdict(clause(purpose, signature, message), signature.suite(), signature.keyId());
  }

  private Clause clause(KeyPurpose purpose, StoredSignature signature, byte[] message) {
    if (!policy.mayVerify(signature.suite(), clock.instant())) {
      return Clause.SUITE_NOT_ALLOWED;
    }
    Optional<HeldKey> key = known(purpose, signature.epoch()).filter(
        held -> held.known().id().equals(signature.keyId()) && held.known().suite().equals(signature.suite()));
    if (key.isEmpty()) {
      return Clause.UNKNOWN_KEY;
    }
    if (!key.get().counts()) {
      return Clause.KEY_RETIRED;
    }
    return SignatureSuites.verify(signature.suite(), key.get().known().publicKey().orElseThrow(), message,
        signature.bytes()) ? Clause.VALID : Clause.DOES_NOT_VERIFY;
  }

  @Override
  public byte[] seal(KeyPurpose purpose, byte[] plain, byte[] associated) {
    HeldKey key = active(purpose, Use.SEAL);
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    return SealedForm.of(key.known().epoch(), nonce, AesGcm.encrypt(key.secret(), nonce, plain,
        SealedForm.context(key.known().id(), purpose, associated)));
  }

  @Override
  public Optional<byte[]> open(KeyPurpose purpose, byte[] sealed, byte[] associated) {
    require(purpose, Use.SEAL);
    return SealedForm.read(sealed).flatMap(parts -> known(purpose, parts.epoch())
        .filter(HeldKey::counts).flatMap(key -> AesGcm.decrypt(key.secret(), parts.nonce(), parts.encrypted(),
            SealedForm.context(key.known().id(), purpose, associated))));
  }

  @Override
  public Optional<byte[]> decapsulate(KeyPurpose purpose, String keyId, byte[] ciphertext) {
    require(purpose, Use.OPEN);
    return ciphertext.length != XWing.CIPHERTEXT_BYTES ? Optional.empty()
        : registry.ring().byId(keyId).or(() -> registry.newerRing().byId(keyId))
            .filter(key -> key.known().purpose() == purpose && key.counts())
            .map(key -> XWing.decapsulate(key.secret(), ciphertext));
  }

  @Override
  public List<KeyRecord> publicKeys(KeyPurpose purpose) {
    registry.active(purpose);
    return registry.ring().of(purpose).stream().filter(HeldKey::counts).map(HeldKey::known).toList();
  }

  @Override
  public void adopt(KeyPurpose purpose, KeyMaterial keys) {
    require(purpose, Use.SIGN);
    registry.adopt(purpose, keys);
  }

  private Optional<HeldKey> known(KeyPurpose purpose, int epoch) {
    return registry.ring().byEpoch(purpose, epoch).or(() -> registry.newerRing().byEpoch(purpose, epoch));
  }

  private HeldKey active(KeyPurpose purpose, Use use) {
    require(purpose, use);
    return registry.active(purpose);
  }

  private static void require(KeyPurpose purpose, Use use) {
    if (purpose.use() != use) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "keys of " + purpose.text() + " " + purpose.use() + ", they do not " + use);
    }
  }
}
