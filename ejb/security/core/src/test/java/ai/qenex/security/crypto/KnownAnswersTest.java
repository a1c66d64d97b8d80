package ai.qenex.security.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.generators.SLHDSAKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.SLHDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.SLHDSAParameters;
import org.bouncycastle.crypto.params.SLHDSAPrivateKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the standards and their publishers say the answer is. Each test names its source. */
class KnownAnswersTest {

  /** RFC 8032 section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
          + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
          + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
          + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
          + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
          + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
          + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
          + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
          + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"})
  void ed25519(String secret, String publicKey, String message, String signature) {
    var suite = new Ed25519Suite();
    assertArrayEquals(hex(signature), suite.sign(hex(secret), hex(message)));
    assertTrue(suite.verify(hex(publicKey), hex(message), hex(signature)));
  }

  /** RFC 6979 appendix A.2.5: ECDSA on P-256 with SHA-256, messages "sample" and "test". */
  @ParameterizedTest
  @CsvSource({
      "sample,EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
          + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
      "test,F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
          + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"})
  void ecdsaP256(String message, String signature) {
    var suite = new EcdsaP256Suite();
    byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
    byte[] publicKey = hex("0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
        + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299");
    assertArrayEquals(hex(signature),
        suite.sign(hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"), bytes));
    assertTrue(suite.verify(publicKey, bytes, hex(signature)));
  }

  /** C2SP CCTV "Accumulated ML-DSA tests" for FIPS 204: 100 keys, their signatures of nothing, in one hash. */
  @Test
  void mlDsa65() {
    var suite = new MlDsa65Suite();
    var seeds = new SHAKEDigest(128);
    var all = new SHAKEDigest(128);
    for (int count = 0; count < 100; count++) {
      byte[] seed = read(seeds, 32);
      byte[] publicKey = MlDsa65Suite.publicKey(seed);
      byte[] signature = suite.sign(seed, new byte[0]);
      assertTrue(suite.verify(publicKey, new byte[0], signature));
      write(all, publicKey);
      write(all, signature);
    }
    assertEquals("8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199", hex(read(all, 32)));
  }

  /** NIST ACVP-Server, SLH-DSA-keyGen-FIPS205, parameter set SLH-DSA-SHA2-128s, test cases 1 and 2. */
  @ParameterizedTest
  @CsvSource({
      "AA9CC7DCA491FC86BCB15A709A15E9B3905C800B6E2FB9B54B6B050EE5E4DE9AFA5464D1C661FED38B2A51CA3EAE71BA,"
          + "FA5464D1C661FED38B2A51CA3EAE71BACAE3D1865215E3D3850E8C1B8292BF42",
      "6DA324B47C1D24DA378B55FCEA263FFDA361BFCBB9D323F810B0FFF854F22B89A2F150C9E9FE2DF741887FD9DE9C69B5,"
          + "A2F150C9E9FE2DF741887FD9DE9C69B5AE2C1522FB1A5C903A719B01CAD2D67F"})
  void slhDsaKeys(String seeds, String publicKey) {
    var generator = new SLHDSAKeyPairGenerator();
    generator.init(new SLHDSAKeyGenerationParameters(null, SLHDSAParameters.sha2_128s));
    byte[] all = hex(seeds);
    var keys = generator.internalGenerateKeyPair(Bytes.head(all, 16), Bytes.head(Bytes.tail(all, 16), 16),
        Bytes.tail(all, 32));
    assertArrayEquals(hex(publicKey), ((SLHDSAPrivateKeyParameters) keys.getPrivate()).getEncodedPublicKey());
  }

  /** Go's crypto/mlkem, TestAccumulated for FIPS 203: 100 keys, encapsulations and refused ciphertexts in one hash. */
  @Test
  void mlKem768() {
    var source = new SHAKEDigest(128);
    var all = new SHAKEDigest(128);
    for (int count = 0; count < 100; count++) {
      var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, read(source, 64));
      write(all, key.getPublicKey());
      var secret = MLKEMGenerator.internalGenerateEncapsulated(key.getPublicKeyParameters(), read(source, 32));
      assertArrayEquals(secret.getSecret(), new MLKEMExtractor(key).extractSecret(secret.getEncapsulation()));
      write(all, secret.getEncapsulation());
      write(all, secret.getSecret());
      write(all, new MLKEMExtractor(key).extractSecret(read(source, 1_088)));
    }
    assertEquals("1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415", hex(read(all, 32)));
  }

  /** RFC 7748 section 5.2, first vector. */
  @Test
  void x25519() {
    assertEquals("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        hex(XWing.x25519(hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
            hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))));
  }

  /** The draft's own vectors 1 and 2 (spec/test-vectors), public key and ciphertext by their SHA3-256. */
  @ParameterizedTest
  @CsvSource({
      "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26,"
          + "3cb1eea988004b93103cfb0aeefd2a686e01fa4a58e8a3639ca8a1e3f9ae57e2"
          + "35b8cc873c23dc62b8d260169afa2f75ab916a58d974918835d25e6a435085b2,"
          + "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384,"
          + "5121745904643ad9dfacca7869292c19a8a69533b53e60666b7db910b4ad6367,"
          + "c0abd149f83f45324ac3a7ddc7606c71f257e5ea86113522834a0ee1bcb34e3e",
      "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea,"
          + "17cda7cfad765f5623474d368ccca8af0007cd9f5e4c849f167a580b14aabdef"
          + "aee7eef47cb0fca9767be1fda69419dfb927e9df07348b196691abaeb580b32d,"
          + "f2e86241c64d60f6649fbc6c5b7d17180b780a3f34355e64a85749949c45f150,"
          + "799b6016e5daa56ffa1b5e79f7caf73413ceecd6df428642404cac41ddee4853,"
          + "7680b7ba47ae09bac4b43001edcef9d98e50df20026e70ba6a424447e1f2b961"})
  void xWing(String seed, String encapsulationSeed, String secret, String publicKeyHash, String ciphertextHash) {
    byte[] publicKey = XWing.publicKey(hex(seed));
    assertEquals(publicKeyHash, sha3(publicKey));
    assertTrue(XWing.isPublicKey(publicKey));
    byte[] outOfRange = publicKey.clone();
    outOfRange[0] = (byte) 0xFF;
    outOfRange[1] |= 0x0F;
    assertFalse(XWing.isPublicKey(outOfRange));
    XWing.Encapsulated sent = XWing.encapsulate(publicKey, hex(encapsulationSeed));
    assertEquals(secret, hex(sent.secret()));
    assertEquals(ciphertextHash, sha3(sent.ciphertext()));
    assertEquals(secret, hex(XWing.decapsulate(hex(seed), sent.ciphertext())));
    byte[] altered = sent.ciphertext().clone();
    altered[7] ^= 1;
    assertFalse(secret.equals(hex(XWing.decapsulate(hex(seed), altered))));
  }

  /** McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 14 and 16 (AES-256). */
  @ParameterizedTest
  @CsvSource({
      "0000000000000000000000000000000000000000000000000000000000000000,000000000000000000000000,"
          + "00000000000000000000000000000000,'',cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
      "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308,cafebabefacedbaddecaf888,"
          + "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
          + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39,feedfacedeadbeeffeedfacedeadbeefabaddad2,"
          + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
          + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"})
  void aes256Gcm(String key, String nonce, String plain, String associated, String encrypted) {
    assertEquals(encrypted, hex(AesGcm.encrypt(hex(key), hex(nonce), hex(plain), hex(associated))));
    assertArrayEquals(hex(plain),
        AesGcm.decrypt(hex(key), hex(nonce), hex(encrypted), hex(associated)).orElseThrow());
    byte[] altered = hex(encrypted);
    altered[altered.length - 1] ^= 1;
    assertEquals(Optional.empty(), AesGcm.decrypt(hex(key), hex(nonce), altered, hex(associated)));
    assertEquals(Optional.empty(), AesGcm.decrypt(hex(key), hex(nonce), hex(encrypted), new byte[] {1}));
    assertEquals(Optional.empty(), AesGcm.decrypt(hex(key), hex(nonce), new byte[15], hex(associated)));
  }

  /** RFC 4231 test case 2; RFC 2202 test case 2 for SHA-1. */
  @Test
  void hmac() {
    byte[] key = "Jefe".getBytes(StandardCharsets.US_ASCII);
    byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);
    assertEquals("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843", hex(Hmac.sha256(key, message)));
    assertEquals("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", hex(Hmac.sha1(key, message)));
    assertEquals("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737", hex(Hmac.sha512(key, message)));
  }

  /** RFC 5869 appendix A.1 and A.3. */
  @Test
  void hkdf() {
    byte[] secret = hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b");
    assertEquals("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        hex(Hmac.derive(hex("000102030405060708090a0b0c"), secret, hex("f0f1f2f3f4f5f6f7f8f9"), 42)));
    assertEquals("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
        hex(Hmac.derive(new byte[0], secret, new byte[0], 42)));
  }

  private static String sha3(byte[] bytes) {
    var digest = new SHA3Digest(256);
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[32];
    digest.doFinal(hash, 0);
    return hex(hash);
  }

  private static byte[] read(SHAKEDigest digest, int length) {
    byte[] bytes = new byte[length];
    digest.doOutput(bytes, 0, length);
    return bytes;
  }

  private static void write(SHAKEDigest digest, byte[] bytes) {
    digest.update(bytes, 0, bytes.length);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
