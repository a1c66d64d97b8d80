package ai.qenex.security.service.keys;

import ai.qenex.security.KeyPurpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All keys as they were known at one moment. */
record KeyRing(Map<KeyPurpose, List<HeldKey>> keys, long readAtNanos) {

  static KeyRing of(List<HeldKey> held) {
    return new KeyRing(held.stream().collect(Collectors.groupingBy(key -> key.known().purpose())), System.nanoTime());
  }

  /** The newest first. */
  List<HeldKey> of(KeyPurpose purpose) {
    return keys.getOrDefault(purpose, List.of());
  }

  Optional<HeldKey> active(KeyPurpose purpose) {
    return of(purpose).stream().filter(key -> key.known().notAfter().isEmpty()).findFirst();
  }

  Optional<HeldKey> byEpoch(KeyPurpose purpose, int epoch) {
    return of(purpose).stream().filter(key -> key.known().epoch() == epoch).findFirst();
  }

  Optional<HeldKey> byId(String id) {
    return keys.values().stream().flatMap(List::stream).filter(key -> key.known().id().equals(id)).findFirst();
  }
}
