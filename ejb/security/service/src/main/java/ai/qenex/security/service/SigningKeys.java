package ai.qenex.security.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The issuer's keys over time. The newest whose time has come signs. A key is published {@link #LEAD} before it signs,
 * so that whoever verifies has read it by then, and for {@link #AFTERLIFE} after another took its place, longer than
 * any token it signed.
 *
 * @param keys newest first
 */
record SigningKeys(List<Dated> keys) {

  /** Twice what a node of ours waits until it reads the key set again. */
  static final Duration LEAD = Duration.ofMinutes(2);
  static final Duration AFTERLIFE = Duration.ofDays(1);
  /** Rotated more often than that in a day, the oldest go early. */
  static final int MOST = 50;

  /** @param from which moment on the key signs */
  record Dated(SigningKey key, Instant from) {}

  SigningKeys {
    keys = List.copyOf(keys);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** There is one always: the oldest, if the clock of who made it is ahead of ours. */
  SigningKey signing(Instant now) {
    return keys.stream().filter(dated -> !dated.from().isAfter(now)).findFirst()
        .orElseGet(() -> keys.get(keys.size() - 1)).key();
  }

  List<SigningKey> published(Instant now) {
    List<Dated> past = past(now);
    return keys.stream().filter(dated -> !past.contains(dated)).map(Dated::key).toList();
  }

  /** Those in whose place another signs since long. */
  List<Dated> past(Instant now) {
    Instant horizon = now.minus(AFTERLIFE);
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).from().isBefore(horizon)) {
        return keys.subList(i + 1, keys.size());
      }
    }
    return List.of();
  }
}
