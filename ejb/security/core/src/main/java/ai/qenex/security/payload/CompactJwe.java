package ai.qenex.security.payload;

import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.Hmac;
import ai.qenex.security.crypto.XWing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JWE in compact serialization (RFC 7516 section 7.1) with direct key agreement: {@code alg} is {@code X-Wing} and
 * {@code enc} {@code A256GCM}. The header's {@code ek} carries the encapsulation, the encrypted key is empty. The
 * content key is HKDF-SHA-256 over the shared secret, without salt, with the info {@code "QENEX JWE 1"}, a zero byte,
 * {@code alg}, a zero byte, {@code enc}, a zero byte and {@code kid}. No JOSE registration has this algorithm yet; its
 * name is ours until one has.
 *
 * <p>
 * A header is a flat object of strings without escapes; members besides {@code alg}, {@code enc}, {@code kid},
 * {@code ek} and {@code cty} are refused, {@code zip} and {@code crit} with them.
 */
public final class CompactJwe {

  public static final String ALGORITHM = XWing.NAME;
  public static final String ENCRYPTION = "A256GCM";
  /** Bytes of randomness that one envelope takes. */
  public static final int RANDOM_BYTES = XWing.ENCAPSULATION_SEED_BYTES + AesGcm.NONCE_BYTES;

  private static final int LONGEST_HEADER = 4_096;
  private static final int PARTS = 5;
  private static final Pattern HEADER = Pattern.compile("\\s*\\{(.*)}\\s*", Pattern.DOTALL);
  private static final Pattern MEMBER =
      Pattern.compile("\\s*\"([a-z]{1,8})\"\\s*:\\s*\"([A-Za-z0-9_./+;= -]*)\"\\s*(,|$)");
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final Map<String, String> header;
  private final byte[] associated;
  private final byte[] nonce;
  private final byte[] encrypted;

  private CompactJwe(Map<String, String> header, byte[] associated, byte[] nonce, byte[] encrypted) {
    this.header = header;
    this.associated = associated;
    this.nonce = nonce;
    this.encrypted = encrypted;
  }

  /** Whom an envelope is for. */
  public record Recipient(String keyId, byte[] publicKey) {}

  /** @param randomness {@link #RANDOM_BYTES} bytes, never used again */
  public static String seal(Recipient recipient, byte[] content, String contentType, byte[] randomness) {
    XWing.Encapsulated agreed =
        XWing.encapsulate(recipient.publicKey, Arrays.copyOf(randomness, XWing.ENCAPSULATION_SEED_BYTES));
    String json = "{\"alg\":\"" + ALGORITHM + "\",\"enc\":\"" + ENCRYPTION + "\",\"kid\":\"" + recipient.keyId
        + "\",\"cty\":\"" + contentType + "\",\"ek\":\"" + ENCODER.encodeToString(agreed.ciphertext()) + "\"}";
    String header = ENCODER.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
    byte[] nonce = Arrays.copyOfRange(randomness, XWing.ENCAPSULATION_SEED_BYTES, RANDOM_BYTES);
    byte[] sealed = AesGcm.encrypt(contentKey(agreed.secret(), recipient.keyId), nonce, content,
        header.getBytes(StandardCharsets.US_ASCII));
    int cut = sealed.length - AesGcm.TAG_BYTES;
    return header + ".." + ENCODER.encodeToString(nonce) + "." + ENCODER.encodeToString(Arrays.copyOf(sealed, cut))
        + "." + ENCODER.encodeToString(Arrays.copyOfRange(sealed, cut, sealed.length));
  }

  /** Empty if it is no compact JWE with a header as above. */
  public static Optional<CompactJwe> read(byte[] compact) {
    String[] parts = new String(compact, StandardCharsets.ISO_8859_1).strip().split("\\.", -1);
    if (parts.length != PARTS || !parts[1].isEmpty() || parts[0].length() > LONGEST_HEADER) {
      return Optional.empty();
    }
    try {
      Optional<Map<String, String>> header =
          members(new String(decoded(parts[0]), StandardCharsets.US_ASCII));
      byte[] nonce = decoded(parts[2]);
      byte[] text = decoded(parts[3]);
      byte[] tag = decoded(parts[4]);
      if (header.isEmpty() || nonce.length != AesGcm.NONCE_BYTES || tag.length != AesGcm.TAG_BYTES) {
        return Optional.empty();
      }
      byte[] sealed = ByteBuffer.allocate(text.length + tag.length).put(text).put(tag).array();
      return Optional.of(new CompactJwe(header.get(), parts[0].getBytes(StandardCharsets.US_ASCII), nonce, sealed));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no Base64
    }
  }

  public boolean usesOurAlgorithms() {
    return ALGORITHM.equals(header.get("alg")) && ENCRYPTION.equals(header.get("enc"));
  }

  public String keyId() {
    return header.get("kid");
  }

  public String contentType() {
    return header.getOrDefault("cty", "");
  }

  /** Empty if it is no Base64. */
  public Optional<byte[]> encapsulation() {
    try {
      return Optional.of(decoded(header.get("ek")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** @param secret what the encapsulation gave; empty if the envelope was altered or is for another key */
  public Optional<byte[]> open(byte[] secret) {
    return AesGcm.decrypt(contentKey(secret, keyId()), nonce, encrypted, associated);
  }

  /** Refuses a second spelling of the same bytes (RFC 4648 section 3.5). */
  private static byte[] decoded(String text) {
    byte[] bytes = DECODER.decode(text);
    if (!ENCODER.encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not as Base64 writes it");
    }
    return bytes;
  }

  private static byte[] contentKey(byte[] secret, String keyId) {
    byte[] info = ("QENEX JWE 1\0" + ALGORITHM + '\0' + ENCRYPTION + '\0' + keyId).getBytes(StandardCharsets.US_ASCII);
    return Hmac.derive(new byte[0], secret, info, AesGcm.KEY_BYTES);
  }

  private static Optional<Map<String, String>> members(String json) {
    Matcher object = HEADER.matcher(json);
    if (!object.matches()) {
      return Optional.empty();
    }
    var members = new HashMap<String, String>();
    Matcher member = MEMBER.matcher(object.group(1));
    int at = 0;
    boolean more = true;
    while (more && member.region(at, object.group(1).length()).lookingAt()) {
      if (members.put(member.group(1), member.group(2)) != null) {
        return Optional.empty();
      }
      at = member.end();
      more = member.group(3).equals(",");
    }
    boolean known = Set.of("alg", "enc", "kid", "ek", "cty").containsAll(members.keySet());
    boolean whole = members.keySet().containsAll(Set.of("alg", "enc", "kid", "ek"));
    return !more && at == object.group(1).length() && known && whole ? Optional.of(members) : Optional.empty();
  }
}
