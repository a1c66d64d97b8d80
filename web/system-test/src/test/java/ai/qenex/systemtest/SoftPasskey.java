package ai.qenex.systemtest;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An authenticator in software, as far as Web Authentication tells what it does: ES256, attestation "none", the person
 * always verified unless told otherwise. The CBOR it writes is put together by hand.
 */
final class SoftPasskey {

  static final int PRESENT = 0x01;
  static final int VERIFIED = 0x04;
  private static final int ATTESTED = 0x40;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final String origin;
  private final byte[] id = new byte[16];
  private final KeyPair keys;
  private int signatures;

  SoftPasskey(String origin) {
    this.origin = origin;
    new SecureRandom().nextBytes(id);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java runtime has P-256", e);
    }
  }

  /** What the browser sends when the passkey is made. */
  Map<String, String> made(String challenge, String rpId) {
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("label", "soft");
    answer.put("clientData", BASE64.encodeToString(clientData("webauthn.create", challenge, origin)));
    answer.put("attestation", BASE64.encodeToString(attestation(rpId)));
    return answer;
  }

  /** What the browser sends when the passkey is used. */
  Map<String, String> used(String challenge, String rpId) {
    return used(challenge, rpId, origin, PRESENT | VERIFIED);
  }

  Map<String, String> used(String challenge, String rpId, String from, int flags) {
    signatures++;
    byte[] data = authenticatorData(rpId, flags).array();
    byte[] client = clientData("webauthn.get", challenge, from);
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("credentialId", BASE64.encodeToString(id));
    answer.put("clientData", BASE64.encodeToString(client));
    answer.put("authenticatorData", BASE64.encodeToString(data));
    answer.put("signature", BASE64.encodeToString(signature(data, client)));
    return answer;
  }

  /** As a copy of it would count that was made before. */
  void forgetSignatures() {
    signatures = 0;
  }

  private ByteBuffer authenticatorData(String rpId, int flags) {
    return ByteBuffer.allocate(37).put(sha256(rpId.getBytes(StandardCharsets.UTF_8))).put((byte) flags)
        .putInt(signatures);
  }

  private byte[] attestation(String rpId) {
    var point = ((ECPublicKey) keys.getPublic()).getW();
    var data = new ByteArrayOutputStream();
    data.writeBytes(authenticatorData(rpId, PRESENT | VERIFIED | ATTESTED).array());
    data.writeBytes(new byte[16]);
    data.writeBytes(new byte[] {0, (byte) id.length});
    data.writeBytes(id);
    // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
    data.writeBytes(new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32});
    data.writeBytes(coordinate(point.getAffineX()));
    data.writeBytes(new byte[] {0x22, 0x58, 32});
    data.writeBytes(coordinate(point.getAffineY()));
    var attestation = new ByteArrayOutputStream();
    attestation.write(0xa3);
    attestation.writeBytes(text("fmt"));
    attestation.writeBytes(text("none"));
    attestation.writeBytes(text("attStmt"));
    attestation.write(0xa0);
    attestation.writeBytes(text("authData"));
    attestation.writeBytes(new byte[] {0x58, (byte) data.size()});
    attestation.writeBytes(data.toByteArray());
    return attestation.toByteArray();
  }

  private static byte[] text(String ascii) {
    byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
    byte[] written = new byte[bytes.length + 1];
    written[0] = (byte) (0x60 + bytes.length);
    System.arraycopy(bytes, 0, written, 1, bytes.length);
    return written;
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    byte[] unsigned = bytes.length > 32 ? Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length) : bytes;
    System.arraycopy(unsigned, 0, fixed, 32 - unsigned.length, unsigned.length);
    return fixed;
  }

  private static byte[] clientData(String type, String challenge, String from) {
    return Api.json(Map.of("type", type, "challenge", challenge, "origin", from)).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] signature(byte[] data, byte[] client) {
    try {
      Signature es256 = Signature.getInstance("SHA256withECDSA");
      es256.initSign(keys.getPrivate());
      es256.update(data);
      es256.update(sha256(client));
      return es256.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("A P-256 key signs", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
