package ai.qenex.systemtest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
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

/** Tokens that the issuer's own key signs but the issuer would not: each wrong in one claim only. */
record SignedTokens(String kid, PrivateKey key) {

  static SignedTokens ofIssuer(RunningBank bank) {
    try (Connection connection = DriverManager.getConnection(bank.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select kid, private_key from security.signing_key where signs")) {
      row.next();
      return new SignedTokens(row.getString(1),
          KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(row.getBytes(2))));
    } catch (SQLException | GeneralSecurityException e) {
      throw new AssertionError("The issuer's key cannot be read", e);
    }
  }

  String good() {
    return sign(operatorsClaims());
  }

  String expired() {
    Map<String, Object> claims = operatorsClaims();
    claims.put("iat", Instant.now().minusSeconds(7_200).getEpochSecond());
    claims.put("exp", Instant.now().minusSeconds(3_600).getEpochSecond());
    return sign(claims);
  }

  String ofAnotherIssuer() {
    Map<String, Object> claims = operatorsClaims();
    claims.put("iss", "urn:somebody:else");
    return sign(claims);
  }

  String forAnotherAudience() {
    Map<String, Object> claims = operatorsClaims();
    claims.put("aud", "another-api");
    return sign(claims);
  }

  /** No token, whoever signs it, lets anyone act as our own background work. */
  String ofService() {
    Map<String, Object> claims = operatorsClaims();
    claims.put("groups", List.of("service"));
    return sign(claims);
  }

  private static Map<String, Object> operatorsClaims() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "urn:qenex:development");
    claims.put("aud", "qenex-api");
    claims.put("sub", "tester");
    claims.put("upn", "tester");
    claims.put("groups", List.of("operator"));
    claims.put("jti", Api.unique("token"));
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
    return claims;
  }

  private String sign(Map<String, Object> claims) {
    String content = base64(Api.json(Map.of("alg", "RS256", "typ", "JWT", "kid", kid)).getBytes(StandardCharsets.UTF_8))
        + "." + base64(Api.json(claims).getBytes(StandardCharsets.UTF_8));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java runtime signs with RSA", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
