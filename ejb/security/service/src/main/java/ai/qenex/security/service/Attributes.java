package ai.qenex.security.service;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Attributes of people and clients, which become claims: JSON objects whose members are texts. */
final class Attributes {

  private static final int MOST = 20;
  private static final int LONGEST = 200;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");
  /** Claims that have a meaning of their own (RFC 7519, RFC 9068, OpenID Connect Core, MicroProfile JWT). */
  private static final Set<String> TAKEN = Set.of("iss", "aud", "sub", "upn", "groups", "exp", "iat", "nbf", "jti",
      "typ", "cnf", "act", "azp", "scope", "client_id", "amr", "acr", "auth_time", "nonce", "at_hash", "roles", "name",
      "preferred_username", "entitlements");

  private Attributes() {}

  static boolean areValid(Map<String, String> attributes) {
    return attributes.size() <= MOST && attributes.entrySet().stream()
        .allMatch(entry -> NAME.matcher(entry.getKey()).matches() && !TAKEN.contains(entry.getKey())
            && !entry.getValue().isBlank() && entry.getValue().length() <= LONGEST
            && entry.getValue().chars().noneMatch(Character::isISOControl));
  }

  static String write(Map<String, String> attributes) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    new TreeMap<>(attributes).forEach(object::add);
    return object.build().toString();
  }

  static Map<String, String> read(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      JsonObject object = reader.readObject();
      Map<String, String> attributes = new TreeMap<>();
      object.forEach((name, value) -> attributes.put(name, ((JsonString) value).getString()));
      return attributes;
    }
  }
}
