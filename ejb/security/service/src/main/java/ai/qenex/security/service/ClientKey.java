package ai.qenex.security.service;

import ai.qenex.security.SignatureSuites;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A client's public key, a JSON Web Key (RFC 7517): EC P-256, which signs {@code ES256}, or Ed25519 (RFC 8037), which
 * signs {@code EdDSA}. Nothing older: RSA keys of clients are not taken.
 */
public record ClientKey(String algorithm, String suite, byte[] publicKey) {

  private static final int COORDINATE_BYTES = 32;
  private static final int LONGEST = 2_000;
  private static final byte UNCOMPRESSED = 4;

  static boolean isUsable(String jwk) {
    return jwk.length() <= LONGEST && read(jwk).isPresent();
  }

  /** Empty if the text is no such key, or holds a private one, which is none of our business. */
  public static Optional<ClientKey> read(String jwk) {
    try (var reader = Json.createReader(new StringReader(jwk))) {
      JsonObject key = reader.readObject();
      if (key.containsKey("d")) {
        return Optional.empty();
      }
      byte[] x = coordinate(key, "x");
      String curve = key.getString("kty", "") + " " + key.getString("crv", "");
      if (curve.equals("OKP Ed25519")) {
        return Optional.of(new ClientKey("EdDSA", "Ed25519", x));
      }
      if (curve.equals("EC P-256")) {
        byte[] y = coordinate(key, "y");
        var point = new byte[1 + 2 * COORDINATE_BYTES];
        point[0] = UNCOMPRESSED;
        System.arraycopy(x, 0, point, 1, COORDINATE_BYTES);
        System.arraycopy(y, 0, point, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        return Optional.of(new ClientKey("ES256", "ECDSA-P256", point));
      }
      return Optional.empty();
    } catch (JsonException | IllegalArgumentException | ClassCastException e) {
      return Optional.empty(); // no JSON object, or its members are none of a key's
    }
  }

  public boolean verifies(String signed, byte[] signature) {
    return SignatureSuites.verify(suite, publicKey, signed.getBytes(StandardCharsets.US_ASCII), signature);
  }

  private static byte[] coordinate(JsonObject key, String name) {
    byte[] bytes = Base64.getUrlDecoder().decode(key.getString(name, ""));
    if (bytes.length != COORDINATE_BYTES) {
      throw new IllegalArgumentException("a coordinate has 32 bytes");
    }
    return bytes;
  }
}
