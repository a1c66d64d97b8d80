package ai.qenex.benchmark;

import ai.qenex.security.KeyMaterial;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.crypto.Hmac;
import ai.qenex.security.crypto.XWing;
import ai.qenex.security.payload.CompactJwe;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;

/**
 * What the primitives of the key service cost: operations per CPU-second of one thread, on messages of 512 bytes, the
 * best of several rounds (others on the machine only ever make it slower).
 */
final class CryptoBenchmark {

  private static final int MESSAGE_BYTES = 512;
  private static final int LARGE_BYTES = 1 << 20;
  private static final int ROUNDS = 3;
  private static final Duration SPAN = Duration.ofMillis(700);
  private static final Duration WARM_UP = Duration.ofMillis(1_500);

  private final PrintStream out;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SecureRandom random = new SecureRandom();
  private final byte[] message = bytes(MESSAGE_BYTES);
  private final MarkdownTable table = new MarkdownTable("operation, 512 B", "per CPU-second", "bytes");
  private long sink;

  CryptoBenchmark(PrintStream out) {
    this.out = out;
  }

  void run() {
    for (String suite : SignatureSuites.names()) {
      signatures(suite);
    }
    byte[] key = bytes(AesGcm.KEY_BYTES);
    byte[] nonce = bytes(AesGcm.NONCE_BYTES);
    byte[] sealed = AesGcm.encrypt(key, nonce, message, nonce);
    row("AES-256-GCM encrypt", sealed.length, () -> AesGcm.encrypt(key, nonce, message, nonce));
    row("AES-256-GCM decrypt", MESSAGE_BYTES, () -> AesGcm.decrypt(key, nonce, sealed, nonce).orElseThrow());
    row("HMAC-SHA-256", 32, () -> Hmac.sha256(key, message));
    encapsulations();
    out.println(table);
    if (sink == 0) {
      out.println("nothing was done");
    }
  }

  private void signatures(String suite) {
    KeyMaterial keys = SignatureSuites.newKeys(suite, random);
    MessageSigner signer = SignatureSuites.signer(keys);
    byte[] signature = signer.sign(message);
    row(suite + " sign", signature.length, () -> signer.sign(message));
    row(suite + " verify", keys.publicKey().length,
        () -> new byte[SignatureSuites.verify(suite, keys.publicKey(), message, signature) ? 1 : 0]);
  }

  private void encapsulations() {
    byte[] seed = bytes(XWing.SEED_BYTES);
    byte[] publicKey = XWing.publicKey(seed);
    byte[] randomness = bytes(CompactJwe.RANDOM_BYTES);
    byte[] encapsulationSeed = bytes(XWing.ENCAPSULATION_SEED_BYTES);
    byte[] ciphertext = XWing.encapsulate(publicKey, encapsulationSeed).ciphertext();
    row("X-Wing encapsulate", ciphertext.length, () -> XWing.encapsulate(publicKey, encapsulationSeed).secret());
    row("X-Wing decapsulate", publicKey.length, () -> XWing.decapsulate(seed, ciphertext));
    var recipient = new CompactJwe.Recipient("k", publicKey);
    byte[] large = bytes(LARGE_BYTES);
    byte[] envelope = jwe(recipient, large, randomness);
    byte[] sent = CompactJwe.read(envelope).orElseThrow().encapsulation().orElseThrow();
    row("JWE of 1 MiB seal", envelope.length, () -> jwe(recipient, large, randomness));
    row("JWE of 1 MiB open", LARGE_BYTES, () -> CompactJwe.read(envelope).orElseThrow()
        .open(XWing.decapsulate(seed, sent)).orElseThrow());
  }

  private static byte[] jwe(CompactJwe.Recipient recipient, byte[] content, byte[] randomness) {
    return CompactJwe.seal(recipient, content, "application/xml", randomness)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private interface Operation {
    byte[] run();
  }

  private void row(String name, int size, Operation operation) {
    rate(operation, WARM_UP);
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
      best = Math.max(best, rate(operation, SPAN));
    }
    table.row(name, String.format(Locale.ROOT, "%,.0f", best), String.format(Locale.ROOT, "%,d", size));
  }

  private double rate(Operation operation, Duration span) {
    long start = threads.getCurrentThreadCpuTime();
    long spent = 0;
    long count = 0;
    while (spent < span.toNanos()) {
      sink += operation.run().length;
      count++;
      spent = threads.getCurrentThreadCpuTime() - start;
    }
    return count * 1e9 / spent;
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
