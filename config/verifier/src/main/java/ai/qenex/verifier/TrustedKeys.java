package ai.qenex.verifier;

import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.security.AuditHead;
import ai.qenex.security.SignatureSuites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public keys whose signatures count. */
final class TrustedKeys {

  private static final long MOST_BYTES = 16L << 20;
  private static final Pattern KEY = Pattern.compile("\\{[^{}\\[\\]]*\\}");

  private final Map<String, byte[]> byId = new HashMap<>();

  /** Reads the answer of the API, or any text with such objects. A key counts under the id that follows from it. */
  static TrustedKeys read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too long for a list of keys");
    }
    var keys = new TrustedKeys();
    Matcher objects = KEY.matcher(Files.readString(file, StandardCharsets.UTF_8).replaceAll("\\s", ""));
    while (objects.find()) {
      FlatJson key = FlatJson.parse(objects.group());
      byte[] bytes = Base64.getDecoder().decode(key.text("publicKey"));
      keys.byId.put(SignatureSuites.keyId(key.text("suite"), bytes), bytes);
    }
    if (keys.byId.isEmpty()) {
      throw new IOException(file + " has no key");
    }
    return keys;
  }

  Optional<String> whyNotSigned(SignedHead sealed) {
    return whyNotSigned(sealed.head().suite(), sealed.head().keyId(), sealed.head().form(), sealed.signature());
  }

  Optional<String> whyNotSigned(AuditHead head) {
    return whyNotSigned(head.suite(), head.keyId(), head.form(), head.signature());
  }

  private Optional<String> whyNotSigned(String suite, String keyId, byte[] form, byte[] signature) {
    byte[] key = byId.get(keyId);
    if (key == null) {
      return Optional.of("it is signed by key " + keyId + ", which is not among the trusted ones");
    }
    return SignatureSuites.verify(suite, key, form, signature) ? Optional.empty()
        : Optional.of("its signature does not verify");
  }
}
