package ai.qenex.security;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies in force, in memory: every request asks them, and without a policy for its operation the answer costs
 * one look at a map. Whoever holds this sees each change as soon as this node knows of it. For any thread.
 */
public final class ApprovalPolicies {

  /** The strictest first: what needs the most approvals, then by name so that the choice is always the same. */
  private static final Comparator<ApprovalPolicy> STRICTEST_FIRST =
      Comparator.comparingInt(ApprovalPolicy::needed).reversed().thenComparing(ApprovalPolicy::name);

  private volatile Map<Operation, List<ApprovalPolicy>> byOperation = Map.of();

  /** Puts these in the place of all there were. */
  public void become(List<ApprovalPolicy> policies) {
    Map<Operation, List<ApprovalPolicy>> sorted = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      List<ApprovalPolicy> own = policies.stream().filter(policy -> policy.operation() == operation)
          .sorted(STRICTEST_FIRST).toList();
      if (!own.isEmpty()) {
        sorted.put(operation, own);
      }
    }
    byOperation = sorted;
  }

  /** Whether there is a policy for the operation at all, so that it is worth while to find out its figures. */
  public boolean concern(Operation operation) {
    return byOperation.containsKey(operation);
  }

  /** The strictest policy that asks for approval; empty: nobody has to approve. */
  public Optional<ApprovalPolicy> askedBy(Operation operation, OperationFigures figures) {
    return byOperation.getOrDefault(operation, List.of()).stream().filter(policy -> policy.isFor(figures)).findFirst();
  }

  /** All of them, by operation and strictness. */
  public List<ApprovalPolicy> all() {
    return byOperation.values().stream().flatMap(List::stream).toList();
  }
}
