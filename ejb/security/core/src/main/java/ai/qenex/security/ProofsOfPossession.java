package ai.qenex.security;

import java.util.Optional;

/** Proofs that a caller holds the key its token is bound to (DPoP, RFC 9449). */
public interface ProofsOfPossession {

  /**
   * What a proof is for.
   *
   * @param uri scheme, authority and path, without query
   * @param accessToken that comes with it; empty where a token is asked for
   */
  record Call(String method, String uri, Optional<String> accessToken) {}

  /** What was found. */
  sealed interface Answer {

    /** @param thumbprint of the key that the caller holds (RFC 7638) */
    record Proven(String thumbprint) implements Answer {}

    record Refused(ProofClause clause) implements Answer {}
  }

  /**
   * Judges a proof. A good one is used up.
   *
   * @param thumbprint that the key must have; empty: any, since the token is yet to be bound
   */
  Answer judge(String proof, Call call, Optional<String> thumbprint);
}
