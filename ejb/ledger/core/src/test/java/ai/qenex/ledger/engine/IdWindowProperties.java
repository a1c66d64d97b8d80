package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.UuidV7;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** LEDGER-5: the window may forget an id, but it never calls a known id new. */
class IdWindowProperties {

  @Provide
  Arbitrary<UUID> id() {
    Arbitrary<UUID> v7 = Combinators.combine(Arbitraries.longs().between(0, 50), Arbitraries.longs().between(0, 50))
        .as((millis, random) -> UuidV7.of(millis, 0, random));
    Arbitrary<UUID> other = Arbitraries.longs().between(0, 20).map(low -> new UUID(0, low));
    return Arbitraries.oneOf(v7, v7, v7, other);
  }

  @Provide
  Arbitrary<List<UUID>> ids() {
    return id().list().ofMaxSize(300);
  }

  @Property
  void neverCallsAKnownIdNew(@ForAll("ids") List<UUID> ids, @ForAll @IntRange(min = 2, max = 400) int capacity) {
    var window = new IdWindow(capacity);
    Set<UUID> known = new HashSet<>();
    for (UUID id : ids) {
      if (known.add(id)) {
        window.add(id);
      }
      known.forEach(one -> assertFalse(window.isCertainlyNew(one)));
    }
  }

  @Property
  void knowsEveryNewIdWhileItForgotNothing(@ForAll("ids") List<UUID> ids, @ForAll("id") UUID asked) {
    var window = new IdWindow(2_000);
    new HashSet<>(ids).forEach(window::add);
    assertTrue(window.isCertainlyNew(asked) != ids.contains(asked));
  }
}
