package ai.qenex.security.service;

import ai.qenex.security.service.edge.DpopForms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;

/**
 * What a fuzzer calls: whatever a client sends as its assertion, its proof, its key or its address to come back to is
 * read or refused. The first byte chooses the reader.
 *
 * <p>
 * {@link TokenFormsFuzzTest} runs it on what is almost right in every build;
 * {@code mvn -Pfuzz verify -pl ejb/security/service} looks further with Jazzer.
 */
public final class TokenFormsFuzz {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final int READERS = 5;

  private TokenFormsFuzz() {}

  /** The name that fuzzers call. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    switch (Math.floorMod(input[0] - '0', READERS)) {
      case 0 -> ClientAssertion.read(text).ifPresent(TokenFormsFuzz::assertion);
      case 1 -> require(ClientKey.isUsable(text) == ClientKey.read(text).isPresent(), "a usable key can be read");
      case 2 -> require(!Names.isRedirectUri(text) || Names.isSamePlace(text, text), "a place is the same as itself");
      case 3 -> require(!DpopForms.proves(text), "nobody holds that key");
      default -> require(!Names.isName(text) || text.length() < 64, "a name is short");
    }
  }

  private static void assertion(ClientAssertion read) {
    read.onceId().ifPresent(id -> require(read.clientId().isPresent(), "an id is somebody's"));
    read.validUntil(NOW).ifPresent(until -> require(until.isBefore(NOW.plusSeconds(400)), "an id is kept shortly"));
    read.isFor(Set.of("qenex-api"));
  }

  private static void require(boolean holds, String law) {
    if (!holds) {
      throw new AssertionError(law);
    }
  }
}
