package ai.qenex.security;

import java.util.Set;

/**
 * The roles, as they stand in a token's {@code groups} and in {@code @RolesAllowed}. Constants, because annotations
 * need them.
 */
public final class Roles {

  /** Serves customers: opens accounts, enters payments. */
  public static final String TELLER = "teller";
  /** Runs the bank: everything a teller may do, internal accounts, end of day. */
  public static final String OPERATOR = "operator";
  /** Confirms what somebody else entered. */
  public static final String APPROVER = "approver";
  /** Reads everything, writes nothing. */
  public static final String AUDITOR = "auditor";
  /** Keeps users, keys and policies; has no part in the bank's business. */
  public static final String ADMINISTRATOR = "administrator";
  /** Our own background work: timers, jobs, message consumers. Nobody's token may carry it. */
  public static final String SERVICE = "service";

  /** The roles a person or a program outside may be given. */
  public static final Set<String> GRANTABLE = Set.of(TELLER, OPERATOR, APPROVER, AUDITOR, ADMINISTRATOR);

  private Roles() {}
}
