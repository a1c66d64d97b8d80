package ai.qenex.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;

/**
 * Attacks made from the published contract: every operation, with every kind of thing that it should not be sent. The
 * same seed gives the same requests. Bodies are never right, and what acts without a body is not sent by one who may.
 */
final class HostileRequests {

  private static final String NOBODY = "no-such-one";
  private static final String JSON = "application/json";

  private final JsonNode contract;
  private final Random random;
  private final List<HostileRequest> all = new ArrayList<>();

  /** An operation of the contract. @param path with its parameters' names in braces */
  private record Operation(String method, String path, JsonNode told) {

    /** With nothing behind the names. */
    String target() {
      return path.replaceAll("\\{[^}]*}", NOBODY);
    }

    boolean hasBody() {
      return told.path("requestBody").path("content").fieldNames().hasNext();
    }
  }

  private HostileRequests(JsonNode contract, long seed) {
    this.contract = contract;
    this.random = new Random(seed);
  }

  /** @param contract OpenAPI @param token of one who may call most things, of which forgeries are made */
  static List<HostileRequest> of(JsonNode contract, String token, long seed) {
    var made = new HostileRequests(contract, seed);
    for (Operation operation : made.operations()) {
      made.attack(operation);
    }
    made.forge(token);
    made.documents();
    return made.all;
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      if (path.getKey().startsWith("/api/v1/diagnostics")) {
        continue; // takes anything and does nothing with it
      }
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (List.of("get", "post", "put", "delete").contains(method.getKey())) {
          operations.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
        }
      }
    }
    return operations;
  }

  private void attack(Operation operation) {
    HostileRequest plain = new HostileRequest("", operation.method, operation.target(), List.of(), new byte[0]);
    if (operation.path.contains("{")) {
      for (String segment : some(HostileWords.SEGMENTS, 20)) {
        add("segment", plain, operation.path.replaceAll("\\{[^}]*}",
            Matcher.quoteReplacement(segment)));
      }
    }
    boolean acts = !operation.method.equals("GET") && !operation.hasBody();
    for (String query : some(HostileWords.QUERIES, acts ? 0 : operation.method.equals("GET") ? 16 : 3)) {
      add("query", plain, operation.target() + "?" + query);
    }
    for (String detour : List.of("/%2e%2e", ";a=b", "/", "//", "%20", ".json", "%00", "/..;/", "#x")) {
      if (!acts) {
        add("detour", plain, operation.target() + detour);
      }
    }
    for (String method : some(HostileWords.METHODS, 8)) {
      all.add(new HostileRequest("verb", method, operation.target(), List.of(), new byte[0]));
    }
    for (String field : some(HostileWords.FIELDS, 16)) {
      if (!acts) {
        all.add(new HostileRequest("field", operation.method, operation.target(), List.of(field), new byte[0]));
      }
    }
    if (operation.hasBody()) {
      bodies(operation);
    }
  }

  private void bodies(Operation operation) {
    String type = operation.told.path("requestBody").path("content").fieldNames().next();
    for (String body : some(HostileWords.BODIES, 22)) {
      all.add(HostileRequest.post("body", operation.target(), type, body).by(operation.method));
    }
    for (String wrong : some(HostileWords.TYPES, 4)) {
      if (operation.told.path("requestBody").path("content").has(wrong) || operation.path.endsWith("/batch")) {
        continue; // lines are judged one by one, in an answer of 200
      }
      all.add(HostileRequest.post("type", operation.target(), wrong, "{}").by(operation.method));
    }
    all.add(HostileRequest.post("oversize", operation.target(), type, " ".repeat(80_000) + "?").by(operation.method));
    byte[] noise = new byte[200];
    random.nextBytes(noise);
    all.add(HostileRequest.post("noise", operation.target(), type, "").carrying(noise).by(operation.method));
    JsonNode members = schema(operation).path("properties");
    for (String value : some(HostileWords.VALUES, members.isEmpty() ? 0 : 16)) {
      all.add(HostileRequest.post("member", operation.target(), JSON, object(members, value)).by(operation.method));
    }
  }

  /** An object of the contract's members, all of them nobody's names but one. */
  private String object(JsonNode members, String value) {
    List<String> names = new ArrayList<>();
    members.fieldNames().forEachRemaining(names::add);
    String hostile = names.get(random.nextInt(names.size()));
    List<String> written = new ArrayList<>();
    for (String name : names) {
      written.add('"' + name + "\":" + (name.equals(hostile) ? value : '"' + NOBODY + '"'));
    }
    written.add("\"unheard-of\":1");
    return "{" + String.join(",", written) + "}";
  }

  private JsonNode schema(Operation operation) {
    JsonNode schema = operation.told.path("requestBody").path("content").path(JSON).path("schema");
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : contract.at(reference.substring(1));
  }

  /** Tokens with flipped bits, other claims, other algorithms, too many parts. */
  private void forge(String token) {
    String[] parts = token.split("\\.");
    for (int i = 0; i < 150; i++) {
      char[] forged = token.toCharArray();
      int at = random.nextInt(forged.length - 2);
      forged[at] = forged[at] == 'A' ? 'B' : 'A';
      token(new String(forged));
    }
    for (String header : List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"HS256\"}",
        "{\"alg\":\"RS256\",\"kid\":\"../x\"}",
        "{\"alg\":\"RS256\",\"kid\":\"' or 1=1\"}", "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/\"}",
        "{\"alg\":\"ES256\"}",
        "{\"alg\":\"RS256\",\"x5u\":\"file:///etc/passwd\"}", "{\"alg\":\"PBES2-HS256+A128KW\",\"p2c\":2147483647}",
        "{}", "[]", "{",
        "{\"alg\":1}", "{\"alg\":\"RS256\",\"crit\":[\"x\"]}", "{\"alg\":\"RS256\",\"zip\":\"DEF\"}", "\u0000",
        "{\"alg\":\"RS256\",\"jwk\":{}}")) {
      for (String signature : List.of("", parts[2], "AAAA")) {
        token(base64(header) + "." + parts[1] + "." + signature);
      }
    }
    for (String claims : List.of("{}", "[]", "{", "null", "{\"groups\":\"operator\"}", "{\"exp\":\"never\"}",
        "{\"exp\":1e400}",
        "{\"exp\":-1}", "{\"groups\":[[]]}", "{\"upn\":{}}",
        "{\"iss\":\"urn:qenex:development\",\"groups\":[\"service\"]}")) {
      token(parts[0] + "." + base64(claims) + "." + parts[2]);
    }
    for (String shape : List.of("..", "...", parts[0], parts[0] + "..", token + "." + parts[2], token + "=",
        token + "==",
        parts[0] + "." + parts[1] + ".", "." + token, parts[2] + "." + parts[1] + "." + parts[0], token.repeat(20))) {
      token(shape);
    }
  }

  private void token(String forged) {
    all.add(HostileRequest.get("token", "/api/v1/assets", "Authorization: Bearer " + forged));
  }

  private void documents() {
    for (String document : HostileWords.DOCUMENTS) {
      all.add(HostileRequest.post("xml", "/api/v1/payment-files", "application/xml", document));
      all.add(HostileRequest.post("xml", "/api/v1/payment-files", "text/xml;charset=utf-16", document));
    }
    for (String client : List.of("%00", "'", "x".repeat(5_000), "%ff", "no-such%0a", "${x}")) {
      all.add(HostileRequest.post("form", "/oauth2/token", "application/x-www-form-urlencoded",
          "grant_type=client_credentials&client_secret=x&client_id=" + client));
    }
    for (String form : List.of("", "%", "%zz=1", "&".repeat(500), "a=1&".repeat(500), "grant_type=password",
        "=".repeat(100))) {
      all.add(HostileRequest.post("form", "/oauth2/token", "application/x-www-form-urlencoded", form));
    }
  }

  private void add(String what, HostileRequest plain, String target) {
    HostileRequest request = new HostileRequest(what, plain.method(), target, List.of(), new byte[0]);
    all.add(plain.method().equals("POST") ? request.with("Content-Type: " + JSON)
        .carrying("{\"unheard-of\":1}".getBytes(StandardCharsets.US_ASCII)) : request);
  }

  private List<String> some(List<String> words, int count) {
    List<String> shuffled = new ArrayList<>(words);
    Collections.shuffle(shuffled, random);
    return shuffled.subList(0, Math.min(count, shuffled.size()));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
