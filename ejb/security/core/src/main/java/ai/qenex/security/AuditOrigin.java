package ai.qenex.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Who did it and from where.
 *
 * @param actor name of the token's bearer, {@value #ANONYMOUS}, or of our own work ({@link Actor#service(String)}); cut
 * to 200 characters
 * @param roles the bearer's, in order; cut to 200 characters
 * @param source IP address of the caller, empty for our own work; cut to 64 characters
 * @param correlation what all records, logs and answers of one request share; cut to 64 characters
 */
public record AuditOrigin(String actor, String roles, String source, String correlation) {

  public static final String ANONYMOUS = "anonymous";

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_PLACE = 64;
  private static final ThreadLocal<AuditOrigin> CURRENT = new ThreadLocal<>();

  public AuditOrigin {
    actor = AuditText.bounded(actor, LONGEST_NAME);
    roles = AuditText.bounded(roles, LONGEST_NAME);
    source = AuditText.bounded(source, LONGEST_PLACE);
    correlation = AuditText.bounded(correlation, LONGEST_PLACE);
  }

  public static AuditOrigin of(String actor, Collection<String> roles, String source, String correlation) {
    return new AuditOrigin(actor, String.join(",", roles.stream().sorted().toList()), source, correlation);
  }

  /**
   * Our own background work by that name, such as {@code hold-expiry}.
   *
   * @param correlation what belongs together, such as one run of a timer; may be empty
   */
  public static AuditOrigin service(String work, String correlation) {
    return of(Actor.service(work).name(), Set.of(Roles.SERVICE), "", correlation);
  }

  /** Whoever this thread works for at the moment; without anybody our own work. */
  public static AuditOrigin current() {
    AuditOrigin bound = CURRENT.get();
    return bound == null ? service("bank", "") : bound;
  }

  /** Binds the origin to this thread until the scope is closed, by the same thread. */
  public static Scope within(AuditOrigin origin) {
    AuditOrigin before = CURRENT.get();
    CURRENT.set(origin);
    return () -> {
      if (before == null) {
        CURRENT.remove();
      } else {
        CURRENT.set(before);
      }
    };
  }

  /** The same place and request, somebody else by name: who asks for a token is known only from what he sends. */
  public AuditOrigin as(String name) {
    return new AuditOrigin(name, roles, source, correlation);
  }

  /** The roles one by one. */
  public List<String> roleList() {
    return roles.isEmpty() ? List.of() : List.of(roles.split(","));
  }

  /** For how long an origin is bound. */
  @FunctionalInterface
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
