package ai.qenex.security.vault;

import ai.qenex.security.FieldCipher;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.Hmac;
import ai.qenex.security.keys.SealedForm;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The cipher over a tenant's data keys as they were at one moment. */
public final class TenantCipher implements FieldCipher {

  /** A key for the fields, then one for their indexes. */
  public static final int KEY_BYTES = 2 * AesGcm.KEY_BYTES;
  private static final int INDEX_BYTES = 16;

  private final String tenant;
  private final TreeMap<Integer, byte[]> keys;
  private final int active;
  private final RandomGenerator random;

  /**
   * @param keys by epoch, those that open, {@value #KEY_BYTES} bytes each
   * @param active the epoch that protects
   * @param random a cryptographically strong one
   */
  public TenantCipher(String tenant, Map<Integer, byte[]> keys, int active, RandomGenerator random) {
    if (!keys.containsKey(active) || keys.values().stream().anyMatch(key -> key.length != KEY_BYTES)) {
      throw new IllegalArgumentException("a tenant's cipher has its active key, and keys of " + KEY_BYTES + " bytes");
    }
    this.tenant = tenant;
    this.keys = new TreeMap<>(keys);
    this.active = active;
    this.random = random;
  }

  @Override
  public int epoch() {
    return active;
  }

  @Override
  public byte[] protect(String place, byte[] plain) {
    byte[] nonce = new byte[AesGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    return SealedForm.of(active, nonce, AesGcm.encrypt(fieldKey(keys.get(active)), nonce, plain, context(place)));
  }

  @Override
  public Optional<byte[]> reveal(String place, byte[] sealed) {
    return SealedForm.read(sealed).filter(parts -> keys.containsKey(parts.epoch())).flatMap(
        parts -> AesGcm.decrypt(fieldKey(keys.get(parts.epoch())), parts.nonce(), parts.encrypted(), context(place)));
  }

  @Override
  public byte[] index(String column, String text) {
    return index(keys.get(active), column, text);
  }

  @Override
  public List<byte[]> indexes(String column, String text) {
    return keys.values().stream().map(key -> index(key, column, text)).toList();
  }

  private static byte[] index(byte[] key, String column, String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).strip().replaceAll("\\s+", " ")
        .toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT); // upper case first, for letters that become two
    byte[] indexKey = Arrays.copyOfRange(key, AesGcm.KEY_BYTES, KEY_BYTES);
    return Arrays.copyOf(Hmac.sha256(indexKey, (column + '\0' + plain).getBytes(StandardCharsets.UTF_8)), INDEX_BYTES);
  }

  private static byte[] fieldKey(byte[] key) {
    return Arrays.copyOf(key, AesGcm.KEY_BYTES);
  }

  private byte[] context(String place) {
    return (tenant + '\0' + place).getBytes(StandardCharsets.UTF_8);
  }
}
