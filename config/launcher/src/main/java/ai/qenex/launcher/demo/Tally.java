package ai.qenex.launcher.demo;

import java.util.Map;
import java.util.TreeMap;

/** Counts what became of the orders of one step. May be counted into from several threads. */
final class Tally {

  private final String step;
  private long accepted;
  private final Map<String, Long> refused = new TreeMap<>();

  Tally(String step) {
    this.step = step;
  }

  synchronized void accept(long orders) {
    accepted += orders;
  }

  /** @param reason clause or ISO code */
  synchronized void refuse(String reason, long orders) {
    refused.merge(reason, orders, Long::sum);
  }

  String step() {
    return step;
  }

  synchronized long accepted() {
    return accepted;
  }

  synchronized long refused() {
    return refused.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many were refused for what, by reason. */
  synchronized Map<String, Long> reasons() {
    return new TreeMap<>(refused);
  }
}
