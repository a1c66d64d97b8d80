package ai.qenex.security.service.approval;

import ai.qenex.security.SensitiveCall;
import ai.qenex.security.service.approval.CarryOutApproved.Answer;
import ai.qenex.security.service.approval.CarryOutApproved.Performer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends an approved request to this node's own HTTP port, so that it takes the very way its maker's would have taken:
 * the same roles are asked for, the same body is read by the same code. What proves it to be approved is a secret of
 * 256 random bits that exists in this node's memory while one request is under way, is good once, and stands for that
 * request only.
 */
final class LoopbackPerformer implements Performer {

  /** Scheme of the {@code Authorization} header. */
  private static final String SCHEME = "Approval ";
  private static final int SECRET_BYTES = 32;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final URI base;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, SensitiveCall> underWay = new ConcurrentHashMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1).build();

  /** @param base without a slash at the end */
  LoopbackPerformer(URI base) {
    this.base = base;
  }

  @Override
  public Answer perform(SensitiveCall call) throws IOException, InterruptedException {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    underWay.put(secret, call);
    try {
      var request = HttpRequest.newBuilder(addressOf(call))
          .timeout(LONGEST).header("Authorization", SCHEME + secret)
          .header("Idempotency-Key", call.idempotencyId().toString())
          .method(call.method(), call.body().length == 0 ? BodyPublishers.noBody()
              : BodyPublishers.ofByteArray(call.body()));
      if (!call.mediaType().isEmpty()) {
        request.header("Content-Type", call.mediaType());
      }
      var response = client.send(request.build(), BodyHandlers.ofInputStream());
      try (var body = response.body()) {
        return new Answer(response.statusCode(), response.headers().firstValue("Content-Type").orElse(""),
            body.readNBytes(CarryOutApproved.MAX_RESULT));
      }
    } finally {
      underWay.remove(secret);
    }
  }

  /** Appended, not resolved: a path that begins with two slashes must not name another host. */
  private URI addressOf(SensitiveCall call) {
    return URI.create(base + call.path() + (call.query().isEmpty() ? "" : "?" + call.query()));
  }

  /** The request that a secret stands for, once. */
  Optional<SensitiveCall> redeem(String secret) {
    return Optional.ofNullable(underWay.remove(secret));
  }
}
