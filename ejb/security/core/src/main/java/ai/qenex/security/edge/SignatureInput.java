package ai.qenex.security.edge;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One signature of a request: what it covers and its bytes (RFC 9421 section 4). We read the form that every signer
 * writes and no other: one label, components without parameters of their own, no white space where the canonical form
 * has none. What is read can therefore be signed again as it stands.
 *
 * @param components names in order, fields in lower case, derived ones with their {@code @}
 * @param parameters the value of {@code Signature-Input}, from the opening bracket on
 * @param signature its bytes
 */
public record SignatureInput(List<String> components, Map<String, String> values, String parameters,
    byte[] signature) {

  private static final int LONGEST = 8_192;
  private static final int MOST_COMPONENTS = 20;
  private static final Pattern INPUT = Pattern.compile("([a-z*][a-z0-9_.*-]{0,63})=(\\(([^()]*)\\)(|;.*))");
  private static final Pattern COMPONENT = Pattern.compile("\"(@?[a-z0-9-]{1,64})\"");
  private static final Pattern PARAMETER =
      Pattern.compile("([a-z]{1,16})=(?:\"([ !#-\\[\\]-~]{0,256})\"|([0-9]{1,15}))");
  private static final Pattern SIGNATURE = Pattern.compile("([a-z*][a-z0-9_.*-]{0,63})=:([A-Za-z0-9+/]*={0,2}):");

  public SignatureInput {
    components = List.copyOf(components);
    values = Map.copyOf(values);
    signature = signature.clone();
  }

  /** Empty for what has another form. @param input of {@code Signature-Input} @param signature of {@code Signature} */
  public static Optional<SignatureInput> parse(String input, String signature) {
    if (input.length() > LONGEST || signature.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher outer = INPUT.matcher(input);
    Matcher bytes = SIGNATURE.matcher(signature);
    if (!outer.matches() || !bytes.matches() || !outer.group(1).equals(bytes.group(1))) {
      return Optional.empty();
    }
    Optional<List<String>> components = components(outer.group(3));
    Optional<Map<String, String>> values = values(outer.group(4));
    Optional<byte[]> raw = base64(bytes.group(2));
    return components.isEmpty() || values.isEmpty() || raw.isEmpty() ? Optional.empty()
        : Optional.of(new SignatureInput(components.get(), values.get(), outer.group(2), raw.get()));
  }

  private static Optional<List<String>> components(String list) {
    List<String> names = new ArrayList<>();
    for (String item : list.isEmpty() ? new String[0] : list.split(" ", -1)) {
      Matcher name = COMPONENT.matcher(item);
      if (!name.matches() || names.size() == MOST_COMPONENTS) {
        return Optional.empty();
      }
      names.add(name.group(1));
    }
    return new HashSet<>(names).size() < names.size() ? Optional.empty() : Optional.of(names);
  }

  private static Optional<Map<String, String>> values(String parameters) {
    Map<String, String> values = new HashMap<>();
    for (String item : parameters.isEmpty() ? new String[0] : parameters.substring(1).split(";", -1)) {
      Matcher pair = PARAMETER.matcher(item);
      if (!pair.matches()) {
        return Optional.empty();
      }
      boolean number = pair.group(3) != null;
      boolean time = pair.group(1).equals("created") || pair.group(1).equals("expires");
      if (number != time || values.put(pair.group(1), number ? pair.group(3) : pair.group(2)) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Empty if it is not among the parameters. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** {@code created} or {@code expires}, in seconds since 1970. */
  public OptionalLong seconds(String name) {
    String value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
  }

  @Override
  public byte[] signature() {
    return signature.clone();
  }
}
