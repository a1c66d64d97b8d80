package ai.qenex.systemtest;

import ai.qenex.systemtest.Api.Answer;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A person of the embedded issuer on the way through its login, as a client program goes it. */
record LoggedIn(String name, String password) {

  static final String CLIENT = "demo-login";
  static final String BACK = "http://127.0.0.1:5055/callback";
  static final String VERIFIER = "a-verifier-of-the-system-test-0123456789-0123456789";

  /** A new person with that role, who has changed the password that was set at first. */
  static LoggedIn person(String... roles) {
    String name = Api.unique("person");
    Api.as("administrator").post("/api/v1/people",
        Map.of("name", name, "roles", List.of(roles), "password", "first password of all")).expect(201);
    var person = new LoggedIn(name, "a password of one's own");
    new LoggedIn(name, "first password of all").code("", person.password()).expect(200);
    return person;
  }

  static String challenge() {
    try {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(
          MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks for an authorization code, as a program does. */
  Answer code(String secondFactor, String newPassword) {
    Map<String, String> form = question();
    form.put("username", name);
    form.put("password", password);
    form.put("code", secondFactor);
    form.put("new_password", newPassword);
    return form("/oauth2/authorize", form);
  }

  static Map<String, String> question() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("response_type", "code");
    form.put("client_id", CLIENT);
    form.put("redirect_uri", BACK);
    form.put("code_challenge", challenge());
    form.put("code_challenge_method", "S256");
    form.put("state", "a state & more");
    form.put("nonce", "a nonce");
    return form;
  }

  static Answer exchange(String code, String verifier) {
    return form("/oauth2/token", Map.of("grant_type", "authorization_code", "client_id", CLIENT, "code", code,
        "redirect_uri", BACK, "code_verifier", verifier));
  }

  String token(String secondFactor) {
    String code = code(secondFactor, "").expect(200).text("code");
    return exchange(code, VERIFIER).expect(200).text("access_token");
  }

  /** The API as this person sees it. */
  Api api(String secondFactor) {
    return Api.bearing(token(secondFactor));
  }

  static Answer form(String path, Map<String, String> form, String... headers) {
    RunningBank bank = RunningBank.get();
    HttpRequest.Builder request = HttpRequest.newBuilder(bank.at(path))
        .header("Content-Type", "application/x-www-form-urlencoded").header("Accept", "application/json")
        .POST(BodyPublishers.ofString(encoded(form)));
    return new Api(bank, "").send(headers.length == 0 ? request : request.headers(headers));
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream().map(entry -> entry.getKey() + "="
        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
  }
}
