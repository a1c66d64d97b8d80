package ai.qenex.security;

import ai.qenex.kernel.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests that wait for others to agree, and the policies that make them wait.
 *
 * <p>
 * A maker and his approvers are different people, all of them: the rules say so, and the database's constraints again.
 * The last approval lets the request be carried out in the maker's name, exactly once, whatever crashes in between.
 */
public interface Approvals {

  /** Longest comment, in characters. */
  int MAX_COMMENT = 280;

  /** Most requests on a page: each may carry a body of {@link SensitiveCall#MAX_BODY} bytes. */
  int MAX_PAGE = 20;

  /** The policies in force, which stay up to date by themselves. */
  ApprovalPolicies policies();

  /** Keeps a request until it is decided; the same maker's same request under the same id is the one it was. */
  ApprovalAnswer request(SensitiveCall call, ApprovalPolicy policy);

  Optional<Approval> find(UUID id);

  /** Requests, newest first, {@value #MAX_PAGE} at most. */
  Page<Approval> list(Wanted wanted);

  /**
   * Which requests.
   *
   * @param state only these
   * @param maker only his
   * @param after cursor of the page before
   */
  record Wanted(Optional<Approval.State> state, Optional<String> maker, Optional<UUID> after, int limit) {}

  /** @param approver the caller, whose roles are checked again */
  ApprovalAnswer decide(UUID id, Approver approver, Approval.Verdict verdict, String comment);

  /** @param maker the caller */
  ApprovalAnswer withdraw(UUID id, String maker);

  List<ApprovalPolicy> storedPolicies();

  /** Puts a policy in the place of the one of its name, if there is one. */
  void keepPolicy(ApprovalPolicy policy, String administrator);

  /** False: there is none of that name. */
  boolean dropPolicy(String name, String administrator);

  /** The call that this secret, made for one execution and good once, stands for. */
  Optional<SensitiveCall> redeem(String secret);
}
