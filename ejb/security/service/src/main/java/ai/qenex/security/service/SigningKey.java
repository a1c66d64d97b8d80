package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** An RSA key that signs tokens (RS256, RFC 7518 section 3.3) under a key id. */
record SigningKey(String kid, PrivateKey privateKey, RSAPublicKey publicKey) {

  private static final int BITS = 3072;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  static SigningKey generate(String kid) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(kid, pair.getPrivate(), (RSAPublicKey) pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has RSA", e);
    }
  }

  static SigningKey decode(String kid, byte[] pkcs8, byte[] x509) {
    try {
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      return new SigningKey(kid, rsa.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          (RSAPublicKey) rsa.generatePublic(new X509EncodedKeySpec(x509)));
    } catch (GeneralSecurityException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "The stored signing key " + kid + " cannot be read", e);
    }
  }

  /** The claims as a signed token, compact serialization (RFC 7515 section 7.1). */
  String sign(JsonObject claims) {
    JsonObject header = Json.createObjectBuilder().add("alg", "RS256").add("typ", "JWT").add("kid", kid).build();
    String signed = base64(header.toString()) + "." + base64(claims.toString());
    try {
      Signature rs256 = Signature.getInstance("SHA256withRSA");
      rs256.initSign(privateKey);
      rs256.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(rs256.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An RSA key signs", e);
    }
  }

  /** The public half as a JSON Web Key (RFC 7517). */
  JsonObject jwk() {
    return Json.createObjectBuilder().add("kty", "RSA").add("use", "sig").add("alg", "RS256").add("kid", kid)
        .add("n", base64(publicKey.getModulus())).add("e", base64(publicKey.getPublicExponent())).build();
  }

  private static String base64(String text) {
    return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** RFC 7518 section 2: unsigned big-endian, no leading zero byte, which Java's two's complement may have. */
  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
