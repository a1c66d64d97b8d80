package ai.qenex.web.identity;

import ai.qenex.security.IdentityClause;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.Optional;

/** What administrators are told when their wish is not met. */
final class IdentityProblems {

  private IdentityProblems() {}

  /** @throws ProblemException if there is a clause */
  static void raise(Optional<IdentityClause> clause) {
    if (clause.isPresent()) {
      throw new ProblemException(problem(clause.get()));
    }
  }

  static ProblemException notFound() {
    return new ProblemException(problem(IdentityClause.NOT_FOUND));
  }

  private static Problem problem(IdentityClause clause) {
    return switch (clause) {
      case ISSUER_DISABLED -> Problem.notFound("ISSUER_DISABLED", "people and clients are kept by the bank's provider");
      case NOT_FOUND -> Problem.notFound("IDENTITY_NOT_FOUND", "nobody has that name");
      case NAME_TAKEN -> refusal(409, clause, "a person or a client has that name");
      case INVALID_NAME -> refusal(400, clause, "1 to 63 of a-z, 0-9, dot, hyphen and underscore; first a-z or 0-9");
      case INVALID_ROLES -> refusal(422, clause,
          "roles that can be given, each once; a person has one at least, a client without a credential none");
      case INVALID_ATTRIBUTES -> refusal(422, clause,
          "at most 20, named by small letters, digits and underscores, no standard claim; values to 200 characters");
      case INVALID_REDIRECT_URI -> refusal(422, clause,
          "at most 10 absolute https URIs without fragment, or http to this machine");
      case INVALID_KEY -> refusal(422, clause,
          "a public JSON Web Key, EC P-256 or Ed25519, and no secret beside it");
      case INVALID_SECRET -> refusal(422, clause, "a client's secret has 32 to 256 visible ASCII characters");
      case UNFIT_PASSWORD -> refusal(422, clause,
          "the password is too short or long, has the name in it or is known to guessers");
      case OWN_ENTRY -> refusal(422, clause, "nobody changes his own roles or disables himself");
    };
  }

  private static Problem refusal(int status, IdentityClause clause, String detail) {
    return Problem.of(status, clause.name(), "That cannot be kept", detail);
  }
}
