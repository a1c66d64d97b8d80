package ai.qenex.ledger.service;

import java.time.Duration;

/**
 * One of the nodes that share a database.
 *
 * @param name tells it from the others, e.g. in a standby's answers
 * @param lease how long the others wait after its last sign of life before one of them takes over
 */
public record Node(String name, Duration lease) {

  static final Duration DEFAULT_LEASE = Duration.ofSeconds(3);
  static final Duration SHORTEST_LEASE = Duration.ofMillis(500);
  static final Duration LONGEST_LEASE = Duration.ofMinutes(5);

  private static final int LONGEST_NAME = 100;

  public Node {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a node's name has 1 to " + LONGEST_NAME + " characters");
    }
    if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException(
          "a lease lasts " + SHORTEST_LEASE.toMillis() + " to " + LONGEST_LEASE.toMillis() + " ms");
    }
  }

  /** With the lease that nodes have by default. */
  public static Node named(String name) {
    return new Node(name, DEFAULT_LEASE);
  }
}
