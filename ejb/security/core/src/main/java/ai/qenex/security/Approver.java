package ai.qenex.security;

import java.util.Set;

/** Who decides. @param limits the most he may approve at a time */
public record Approver(String name, Set<String> roles, AmountLimits limits) {

  public Approver {
    roles = Set.copyOf(roles);
  }
}
