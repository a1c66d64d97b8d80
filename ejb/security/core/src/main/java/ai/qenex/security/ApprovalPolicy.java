package ai.qenex.security;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What of an operation needs whose approval.
 *
 * @param name 1 to 63 lower-case letters, digits and dashes
 * @param above the policy is for amounts above these; without any it is for every operation of its kind, whatever it
 * moves
 * @param internalOnly only if one of the accounts is the bank's own
 * @param needed how many have to approve, 1 to 10
 * @param roles of which an approver has one
 * @param approvers the only ones who may approve, at least as many as are needed; empty: whoever has the role
 * @param life how long a request waits for its approvals, a minute to 90 days
 */
public record ApprovalPolicy(String name, Operation operation, AmountLimits above, boolean internalOnly, int needed,
    Set<String> roles, Set<String> approvers, Duration life) {

  public static final int MOST_NEEDED = 10;
  public static final int MOST_APPROVERS = 100;
  /** The roles that can approve. A teller enters and an auditor looks on. */
  public static final Set<String> APPROVING = Set.of(Roles.APPROVER, Roles.OPERATOR, Roles.ADMINISTRATOR);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);

  public ApprovalPolicy {
    roles = Set.copyOf(roles);
    approvers = Set.copyOf(approvers);
    require(NAME.matcher(name).matches(), "a policy's name has 1 to 63 lower-case letters, digits and dashes");
    require(needed >= 1 && needed <= MOST_NEEDED, "1 to " + MOST_NEEDED + " approvals can be needed");
    require(!roles.isEmpty() && APPROVING.containsAll(roles), "approvers are of the roles " + new TreeSet<>(APPROVING));
    require(approvers.isEmpty() || approvers.size() >= needed && approvers.size() <= MOST_APPROVERS,
        "as many approvers as are needed, or more, at most " + MOST_APPROVERS);
    require(approvers.stream().allMatch(approver -> new Actor(approver).name().equals(approver)),
        "approvers have names");
    require(life.compareTo(SHORTEST) >= 0 && life.compareTo(LONGEST) <= 0, "a request lives a minute to 90 days");
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Whether an operation of that kind with these figures needs this policy's approvals. */
  public boolean isFor(OperationFigures figures) {
    if (internalOnly && !figures.internal()) {
      return false;
    }
    return !above.areGiven() || figures.open()
        || figures.amounts().stream().anyMatch(amount -> above.below(amount).isPresent());
  }
}
