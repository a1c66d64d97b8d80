package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The web origins (RFC 6454) whose pages may read our answers in a browser; none unless the bank names them. There is
 * no wildcard, and pages never send credentials of the browser's own: a token is added by the page's script.
 *
 * @param origins such as {@code https://desk.bank.example}, compared to the letter
 */
record CrossOrigin(Set<String> origins) {

  static final String METHODS = "GET, POST";
  static final String REQUEST_HEADERS =
      "Accept, Authorization, Content-Digest, Content-Type, DPoP, Idempotency-Key, Signature, Signature-Input, "
          + "X-Correlation-Id";
  static final String ANSWER_HEADERS =
      "DPoP-Nonce, Idempotency-Replayed, Location, RateLimit, RateLimit-Policy, Retry-After, X-Correlation-Id";

  CrossOrigin {
    origins = Set.copyOf(origins);
  }

  /**
   * @param list origins with commas between them; blank for none
   * @throws QenexException INVALID_CONFIGURATION naming what is no origin
   */
  static CrossOrigin of(String list) {
    Set<String> origins = Arrays.stream(list.split(",")).map(String::strip).filter(origin -> !origin.isEmpty())
        .collect(Collectors.toSet());
    origins.forEach(CrossOrigin::requireOrigin);
    return new CrossOrigin(origins);
  }

  private static void requireOrigin(String origin) {
    // scheme, host and perhaps a port, nothing behind it; an opaque "null" or "*" would let strangers in
    if (!origin.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?") || URI.create(origin).getHost() == null) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.edge.cors-origins holds " + origin + ", which is no origin such as https://desk.bank.example");
    }
  }

  /** @param origin null if the request names none */
  boolean allows(String origin) {
    return origin != null && origins.contains(origin);
  }
}
