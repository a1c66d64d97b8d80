package ai.qenex.security;

import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/**
 * A request that waits for approval, as it will be carried out: who asked what of which address, and who has to agree.
 * It never changes; whoever wants something else asks anew.
 *
 * @param id of the approval
 * @param policy name of the policy that asked for approval, which may have changed since
 * @param needed how many have to approve
 * @param approverRoles of which an approver has one
 * @param approvers the only ones who may approve; empty: whoever has the role
 * @param maker who asked
 * @param makerRoles his roles when he did
 * @param method of HTTP
 * @param path as it was sent, percent-encoded, at most 2,000 characters
 * @param query as it was sent, without the question mark; empty if there was none
 * @param mediaType of the body; empty if there was none
 * @param idempotencyId under which the operation is carried out, once
 */
public record SensitiveCall(UUID id, Operation operation, OperationFigures figures, String policy, int needed,
    Set<String> approverRoles, Set<String> approvers, String maker, Set<String> makerRoles, String method,
    String path, String query, String mediaType, UUID idempotencyId, byte[] body) {

  /** Of path, query and media type each. */
  public static final int MAX_ADDRESS = 2_000;
  /** Of the body, in bytes. */
  public static final int MAX_BODY = 4 << 20;

  public SensitiveCall {
    approverRoles = Set.copyOf(approverRoles);
    approvers = Set.copyOf(approvers);
    makerRoles = Set.copyOf(makerRoles);
    body = body.clone();
    if (path.length() > MAX_ADDRESS || query.length() > MAX_ADDRESS || mediaType.length() > MAX_ADDRESS
        || body.length > MAX_BODY) {
      throw new IllegalArgumentException("the request is too long to be kept for approval");
    }
  }

  @Override
  public byte[] body() {
    return body.clone();
  }

  /** Whether a request is this one. */
  public boolean isSame(String otherMethod, String otherPath, String otherQuery, byte[] otherBody) {
    return method.equals(otherMethod) && path.equals(otherPath) && query.equals(otherQuery)
        && Arrays.equals(body, otherBody);
  }
}
