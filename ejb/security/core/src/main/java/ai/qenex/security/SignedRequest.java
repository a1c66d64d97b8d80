package ai.qenex.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as its signature sees it.
 *
 * @param method as it was sent, case and all
 * @param path raw, as it was sent
 * @param query raw, without the question mark; empty if there is none
 * @param fields the header fields by lower-case name, each with its values in order
 * @param body the whole body; empty if there is none
 */
public record SignedRequest(String method, String path, String query, Map<String, List<String>> fields, byte[] body) {

  public SignedRequest {
    Map<String, List<String>> lower = new LinkedHashMap<>();
    fields.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    fields = Map.copyOf(lower);
    body = body.clone();
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** A field's values as one (RFC 9421 section 2.1): each stripped, a comma and a space between. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name))
        .map(values -> values.stream().map(String::strip).collect(Collectors.joining(", ")));
  }

  /** A field that comes exactly once; empty if it is absent or comes twice. */
  public Optional<String> single(String name) {
    List<String> values = fields.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0).strip()) : Optional.empty();
  }
}
