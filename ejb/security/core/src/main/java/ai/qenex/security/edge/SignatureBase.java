package ai.qenex.security.edge;

import ai.qenex.security.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The text that is signed for a request (RFC 9421 section 2.5). */
public final class SignatureBase {

  private SignatureBase() {}

  /** Empty if the signature covers something that the request does not have, or that we do not derive. */
  public static Optional<byte[]> of(SignedRequest request, SignatureInput input) {
    var base = new StringBuilder();
    for (String component : input.components()) {
      Optional<String> value = valueOf(request, component);
      if (value.isEmpty() || value.get().indexOf('\n') >= 0) {
        return Optional.empty();
      }
      base.append('"').append(component).append("\": ").append(value.get()).append('\n');
    }
    base.append("\"@signature-params\": ").append(input.parameters());
    return Optional.of(base.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<String> valueOf(SignedRequest request, String component) {
    return switch (component) {
      case "@method" -> Optional.of(request.method());
      case "@path" -> Optional.of(request.path().isEmpty() ? "/" : request.path());
      case "@query" -> Optional.of("?" + request.query());
      case "@authority" -> request.single("host").map(host -> host.toLowerCase(Locale.ROOT));
      default -> component.startsWith("@") ? Optional.empty() : request.field(component);
    };
  }
}
