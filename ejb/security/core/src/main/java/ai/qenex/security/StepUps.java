package ai.qenex.security;

import ai.qenex.kernel.QenexException;
import java.util.Optional;
import java.util.UUID;

/**
 * Fresh proofs of who is there, linked to what they are for.
 *
 * <p>
 * Something over the {@link #policy} is answered by a challenge. Its owner answers that with a code or a passkey and
 * gets a proof. The same request with the proof goes through, once. Challenges and proofs are rows that all nodes
 * share; using one up is one statement, so of two uses at the same moment one wins.
 */
public interface StepUps {

  /** Wrong answers to one challenge before it is closed (EU 2018/389 Art. 4(3)(b): at most five). */
  int MAX_FAILURES = 5;

  /** Read once at start. */
  StepUpPolicy policy();

  /** Whether the caller needs a proof to pay that payee because he never did. Remembers the answer yes-he-did. */
  boolean asksForNewPayee(StepUpCaller caller, String payee);

  /** A new challenge; the oldest open ones of somebody who collects them give way. */
  StepUpChallenge challenge(StepUpCaller caller, LinkedOperation operation);

  /** An open challenge of that person. */
  Optional<StepUpChallenge> find(String name, UUID id);

  /** Answers a challenge with a code of the moment. */
  Answer confirm(StepUpCaller caller, UUID id, String code);

  /** Answers a challenge with a passkey. */
  Answer confirm(StepUpCaller caller, UUID id, PasskeyAnswer assertion);

  /**
   * Uses the proof up. Empty: the operation may go on. Else why not; then a proof that exists is void all the same.
   *
   * @throws QenexException if the database does not answer: then nothing may go on
   */
  Optional<StepUpClause> redeem(StepUpCaller caller, String proof, LinkedOperation operation);

  /** What a challenge was answered with. */
  sealed interface Answer {

    /** @param proof for the header {@code Step-Up}; its digest alone is kept */
    record Proven(String proof, int expiresInSeconds) implements Answer {}

    /** @param failuresLeft before the challenge is closed */
    record Refused(StepUpClause clause, int failuresLeft) implements Answer {}
  }
}
