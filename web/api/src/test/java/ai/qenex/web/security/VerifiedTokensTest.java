package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

  private static final Instant START = Instant.parse("2027-03-01T08:00:00Z");
  private static final Principal TELLER = () -> "teller";

  private Instant now = START;
  private final VerifiedTokens tokens = new VerifiedTokens(Duration.ofSeconds(60), () -> now);

  @Test
  void knowsATokenForAWhileAndNoOther() {
    remember("a.b.c", START.plusSeconds(3_600));
    assertEquals(Set.of("teller"), tokens.find("a.b.c").orElseThrow().groups());
    assertTrue(tokens.find("a.b.d").isEmpty());
    assertTrue(tokens.find("").isEmpty());
    now = START.plusSeconds(60);
    assertTrue(tokens.find("a.b.c").isEmpty());
  }

  @Test
  void knowsNoTokenBehindItsExpiry() {
    remember("a", START.plusSeconds(5));
    remember("b", START);
    assertTrue(tokens.find("a").isPresent());
    assertTrue(tokens.find("b").isEmpty());
    now = START.plusSeconds(5);
    assertTrue(tokens.find("a").isEmpty());
  }

  @Test
  void remembersNothingForNoTime() {
    var none = new VerifiedTokens(Duration.ZERO, () -> now);
    none.remember("a", TELLER, Set.of(), START.plusSeconds(60));
    assertTrue(none.find("a").isEmpty());
  }

  @Test
  void keepsABoundedNumber() {
    for (int i = 0; i < 2 * VerifiedTokens.MAX_TOKENS + 1; i++) {
      remember("t" + i, START.plusSeconds(3_600));
    }
    assertTrue(tokens.size() <= VerifiedTokens.MAX_TOKENS);
    assertTrue(tokens.find("t" + 2 * VerifiedTokens.MAX_TOKENS).isPresent());
  }

  private void remember(String token, Instant expiry) {
    tokens.remember(token, TELLER, Set.of("teller"), expiry);
  }
}
