package ai.qenex.systemtest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that the issuer's own key signs but the issuer would not: each wrong in one claim only. */
record SignedTokens(String kid, PrivateKey key, byte[] publicKey) {

  static SignedTokens ofIssuer(RunningBank bank) {
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement
                .executeQuery("select kid, private_key, public_key from security.signing_key order by signs_from")) {
      row.next();
      return new SignedTokens(row.getString(1),
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(row.getBytes(2))),
          row.getBytes(3));
    } catch (SQLException | GeneralSecurityException e) {
      throw new AssertionError("The issuer's key cannot be read", e);
    }
  }

  /** An operator of that name. */
  String of(String name) {
    Map<String, Object> claims = operatorsClaims();
    claims.put("sub", name);
    claims.put("upn", name);
    return sign(claims);
  }

  String good() {
    return sign(operatorsClaims());
  }

  /** By what is wrong with them: tokens that let nobody in. */
  Map<String, String> wrongOnes() {
    Instant now = Instant.now();
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("expired", sign(with(Map.of("iat", at(now, -7_200), "exp", at(now, -3_600)))));
    wrong.put("without expiry", sign(without("exp")));
    wrong.put("not valid yet", sign(with(Map.of("nbf", at(now, 3_600)))));
    wrong.put("issued in the future", sign(with(Map.of("iat", at(now, 3_600), "exp", at(now, 7_200)))));
    wrong.put("issued too long ago", sign(with(Map.of("iat", at(now, -90_000)))));
    wrong.put("of another issuer", sign(with(Map.of("iss", "urn:somebody:else"))));
    wrong.put("of no issuer", sign(without("iss")));
    wrong.put("for another audience", sign(with(Map.of("aud", "another-api"))));
    wrong.put("for no audience", sign(without("aud")));
    wrong.put("of an unknown key", sign("no-such-key", operatorsClaims()));
    wrong.put("signed by a stranger", new SignedTokens(kid, strangersKey(), publicKey).good());
    wrong.put("HS256 under the public key", underPublicKey(publicKey));
    wrong.put("HS256 under the public key as PEM", underPublicKey(pem(publicKey)));
    wrong.put("alg none", unsigned("none"));
    wrong.put("alg NoNe", unsigned("NoNe"));
    String good = good();
    int signature = good.lastIndexOf('.') + 1;
    wrong.put("tampered signature", good.substring(0, signature)
        + (good.startsWith("AAAAAAAA", signature) ? "BBBBBBBB" : "AAAAAAAA") + good.substring(signature + 8));
    wrong.put("without signature", good.substring(0, signature));
    String[] parts = good.split("\\.");
    wrong.put("tampered claims", parts[0] + "." + content(with(Map.of("sub", "somebody-else"))) + "." + parts[2]);
    wrong.put("garbage", "garbage");
    return wrong;
  }

  /** Of somebody, but with no word on what he may do. */
  String withoutRoles() {
    return sign(without("groups"));
  }

  private static long at(Instant now, long seconds) {
    return now.plusSeconds(seconds).getEpochSecond();
  }

  private static Map<String, Object> with(Map<String, Object> other) {
    Map<String, Object> claims = operatorsClaims();
    claims.putAll(other);
    return claims;
  }

  private static Map<String, Object> without(String claim) {
    Map<String, Object> claims = operatorsClaims();
    claims.remove(claim);
    return claims;
  }

  private static PrivateKey strangersKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair().getPrivate();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java runtime has RSA", e);
    }
  }

  /** The public key is no secret: whoever takes it for one lets everybody in (RFC 8725 section 2.1). */
  private String underPublicKey(byte[] secret) {
    String content = content(Map.of("alg", "HS256", "typ", "JWT", "kid", kid)) + "." + content(operatorsClaims());
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java runtime has HMAC", e);
    }
  }

  private static byte[] pem(byte[] publicKey) {
    return ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(publicKey)
        + "\n-----END PUBLIC KEY-----\n").getBytes(StandardCharsets.US_ASCII);
  }

  private String unsigned(String algorithm) {
    return content(Map.of("alg", algorithm, "typ", "JWT", "kid", kid)) + "." + content(operatorsClaims()) + ".";
  }

  /** No token, whoever signs it, lets anyone act as our own background work. */
  String ofService() {
    return sign(with(Map.of("groups", List.of("service"))));
  }

  private static Map<String, Object> operatorsClaims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "urn:qenex:development");
    claims.put("aud", "qenex-api");
    claims.put("sub", "tester");
    claims.put("upn", "tester");
    claims.put("client_id", "tester");
    claims.put("groups", List.of("operator"));
    claims.put("jti", Api.unique("token"));
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
    return claims;
  }

  private String sign(Map<String, Object> claims) {
    return sign(kid, claims);
  }

  private String sign(String keyId, Map<String, Object> claims) {
    String content = content(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId)) + "." + content(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java runtime signs with RSA", e);
    }
  }

  private static String content(Map<String, Object> json) {
    return base64(Api.json(json).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
