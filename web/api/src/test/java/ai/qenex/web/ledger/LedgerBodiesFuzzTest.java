package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fuzzer's seeds and earlier finds, and some thousands of bodies that are almost like them. */
class LedgerBodiesFuzzTest {

  private static final int MUTATIONS = 20_000;
  private static final byte[] ALPHABET = "{}[]\":,\\\"0159.eE+-tfn \r\n\u0000abid".getBytes(
      java.nio.charset.StandardCharsets.ISO_8859_1);

  @Test
  void everySeedIsReadOrRefused() throws Exception {
    List<Path> seeds = seeds();
    assertTrue(seeds.size() >= 20, () -> seeds.size() + " seeds");
    for (Path seed : seeds) {
      run(Files.readAllBytes(seed), seed.getFileName().toString());
    }
  }

  @Test
  void whatIsAlmostASeedIsReadOrRefused() throws Exception {
    List<byte[]> seeds = seeds().stream().map(LedgerBodiesFuzzTest::bytes).toList();
    var random = new Random(20270301);
    int read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      run(mutated(seeds.get(random.nextInt(seeds.size())), seeds.get(random.nextInt(seeds.size())), random),
          "mutation " + i);
      read++;
    }
    assertEquals(MUTATIONS, read);
  }

  private static void run(byte[] input, String name) {
    try {
      LedgerBodiesFuzz.fuzzerTestOneInput(input);
    } catch (IOException | RuntimeException | AssertionError e) {
      // everything else is a find; the bytes belong among the seeds then
      throw new AssertionError(name + ": " + Arrays.toString(input), e);
    }
  }

  private static byte[] mutated(byte[] seed, byte[] other, Random random) {
    byte[] body = seed.clone();
    if (random.nextInt(5) == 0) {
      int kept = random.nextInt(body.length) + 1;
      int from = random.nextInt(other.length);
      body = Arrays.copyOf(body, kept + other.length - from);
      System.arraycopy(other, from, body, kept, other.length - from);
    }
    for (int changes = random.nextInt(5); changes > 0; changes--) {
      int at = random.nextInt(body.length);
      body[at] = random.nextInt(4) == 0 ? (byte) random.nextInt(256) : ALPHABET[random.nextInt(ALPHABET.length)];
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(body, 1 + random.nextInt(body.length)) : body;
  }

  private static byte[] bytes(Path seed) {
    try {
      return Files.readAllBytes(seed);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> seeds() throws IOException, URISyntaxException {
    try (Stream<Path> files =
        Files.list(Path.of(LedgerBodiesFuzzTest.class.getResource("/fuzz/ledger-bodies").toURI()))) {
      return files.sorted().toList();
    }
  }
}
