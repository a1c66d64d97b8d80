package ai.qenex.security.service.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.Suites;
import ai.qenex.security.keys.KeyGuard;
import ai.qenex.security.keys.SealedForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A token behind PKCS #11 by the platform's own provider: it holds the key-encrypting key (AES-256) and P-256 signing
 * keys, none of which can be taken out. Keys of all other suites are made outside and sealed by the token, because the
 * provider can neither make them inside nor wrap them by the token's own mechanisms: their bytes are encrypted by
 * AES-GCM under the key-encrypting key.
 */
final class Pkcs11Token implements KeyGuard {

  private static final int KEK_EPOCH = 0;
  private static final int KEK_BITS = 256;
  private static final int NUMBER_BYTES = 32;
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(36_500);

  private final Provider provider;
  private final KeyStore store;
  private final char[] pin;
  private final String kekLabel;
  private final Map<String, PrivateKey> signers = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final SecretKey kek;

  /**
   * How a token is found.
   *
   * @param library the vendor's shared library
   * @param slotIndex of the slots that have a token, from 0
   */
  record Access(String library, int slotIndex, String pin, String kekLabel) {

    /** Never the PIN. */
    @Override
    public String toString() {
      return library + ", slot " + slotIndex;
    }
  }

  /** Logs in, and makes the key-encrypting key if the token has none of that label. */
  Pkcs11Token(Access access) {
    kekLabel = access.kekLabel;
    pin = access.pin.toCharArray();
    try {
      Provider unconfigured = Security.getProvider("SunPKCS11");
      if (unconfigured == null) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "this Java platform has no PKCS #11 provider");
      }
      provider = unconfigured.configure(configuration(access));
      store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      if (!store.containsAlias(kekLabel)) {
        KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
        generator.init(KEK_BITS);
        store.setEntry(kekLabel, new KeyStore.SecretKeyEntry(generator.generateKey()), null);
      }
      kek = (SecretKey) store.getKey(kekLabel, null);
    } catch (GeneralSecurityException | IOException | ProviderException | InvalidParameterException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "the PKCS #11 token cannot be used: " + access, e);
    }
  }

  private static String configuration(Access access) {
    return """
        --name = Qenex%d
        library = %s
        slotListIndex = %d
        attributes(generate, CKO_SECRET_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = true
        }
        attributes(generate, CKO_PRIVATE_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_SIGN = true
        }
        """.formatted(access.slotIndex, access.library, access.slotIndex);
  }

  @Override
  public String name() {
    return "pkcs11";
  }

  @Override
  public String kekId() {
    return "pkcs11:" + kekLabel;
  }

  @Override
  public byte[] wrap(byte[] key, byte[] associated) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    return SealedForm.of(KEK_EPOCH, nonce, gcm(Cipher.ENCRYPT_MODE, nonce, key, associated));
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associated) {
    SealedForm.Parts parts = SealedForm.read(wrapped).orElseThrow(
        () -> new QenexException(ErrorCode.INVALID_CONFIGURATION, "a stored key is not in the form of sealed keys"));
    return gcm(Cipher.DECRYPT_MODE, parts.nonce(), parts.encrypted(), associated);
  }

  @Override
  public boolean holds(String suite) {
    return suite.equals(Suites.P_256);
  }

  @Override
  public synchronized byte[] newKeys(String suite, String label) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      store.setKeyEntry(label, pair.getPrivate(), null, new Certificate[] {certificate(pair, label)});
      return point((ECPublicKey) pair.getPublic());
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "the token made no key " + label, e);
    }
  }

  @Override
  public byte[] sign(String suite, String label, byte[] message) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
      signature.initSign(signers.computeIfAbsent(label, this::find));
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "the token did not sign with key " + label, e);
    }
  }

  @Override
  public synchronized void destroy(String label) {
    try {
      signers.remove(label);
      store.deleteEntry(label);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "the token still has key " + label + ": delete it there", e);
    }
  }

  /** Looks a second time in what the token has now: another node may have made the key. */
  private synchronized PrivateKey find(String label) {
    try {
      Key key = store.getKey(label, null);
      if (key == null) {
        store.load(null, pin);
        key = store.getKey(label, null);
      }
      if (key instanceof PrivateKey found) {
        return found;
      }
      throw new QenexException(ErrorCode.UNAVAILABLE, "the token has no key " + label);
    } catch (GeneralSecurityException | IOException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "the token does not give key " + label, e);
    }
  }

  private byte[] gcm(int mode, byte[] nonce, byte[] text, byte[] associated) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
      cipher.init(mode, kek, new GCMParameterSpec(AesGcm.TAG_BYTES * Byte.SIZE, nonce));
      cipher.updateAAD(associated);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new QenexException(mode == Cipher.ENCRYPT_MODE ? ErrorCode.UNAVAILABLE : ErrorCode.INVALID_CONFIGURATION,
          "the token's key " + kekLabel + " does not seal or open a stored key", e);
    }
  }

  /** A key store keeps a private key only with a certificate: one that says nothing, signed by the key itself. */
  private Certificate certificate(KeyPair pair, String label) throws GeneralSecurityException, IOException {
    var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    var name = new X500Name("CN=" + label);
    var generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(new BigInteger(63, random)));
    generator.setSignature(algorithm);
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(new Time(Date.from(Instant.EPOCH)));
    generator.setEndDate(new Time(Date.from(Instant.EPOCH.plus(CERTIFICATE_LIFE))));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    TBSCertificate content = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA", provider);
    signature.initSign(pair.getPrivate());
    signature.update(content.getEncoded());
    var whole = new ASN1EncodableVector();
    whole.add(content);
    whole.add(algorithm);
    whole.add(new DERBitString(signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(new DERSequence(whole).getEncoded()));
  }

  /** SEC 1: 4, then both coordinates. */
  private static byte[] point(ECPublicKey key) {
    byte[] point = new byte[1 + 2 * NUMBER_BYTES];
    point[0] = 4;
    put(key.getW().getAffineX(), point, 1);
    put(key.getW().getAffineY(), point, 1 + NUMBER_BYTES);
    return point;
  }

  private static void put(BigInteger number, byte[] into, int at) {
    byte[] bytes = number.toByteArray();
    int skip = Math.max(0, bytes.length - NUMBER_BYTES);
    System.arraycopy(bytes, skip, into, at + NUMBER_BYTES - (bytes.length - skip), bytes.length - skip);
  }
}
