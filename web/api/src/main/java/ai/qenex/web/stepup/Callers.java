package ai.qenex.web.stepup;

import ai.qenex.security.Roles;
import ai.qenex.security.StepUpCaller;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import jakarta.json.JsonString;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who bears the token: a person, or a program for itself. */
final class Callers {

  private static final String SERVICE_ACCOUNT = "service-account-";

  private Callers() {}

  static StepUpCaller of(SecurityContext who, String source) {
    Principal bearer = who.getUserPrincipal();
    Set<String> roles = Roles.GRANTABLE.stream().filter(who::isUserInRole).collect(Collectors.toUnmodifiableSet());
    return new StepUpCaller(bearer.getName(), isMachine(bearer), roles, source);
  }

  /** @throws ProblemException 422 for a program: it has no phone and no finger */
  static StepUpCaller person(SecurityContext who, String source) {
    StepUpCaller caller = of(who, source);
    if (caller.machine()) {
      throw new ProblemException(Problem.of(422, "PEOPLE_ONLY", "Only people have factors",
          "the token is a program's own: nobody is there to prove who he is"));
    }
    return caller;
  }

  /**
   * A token of the client credentials grant: its subject is its client (RFC 9068 section 2.2), or it names the client
   * whose service account it is, which Keycloak does for those alone. No person may be called service-account-….
   */
  static boolean isMachine(Principal bearer) {
    if (!(bearer instanceof JsonWebToken token)) {
      return false;
    }
    String client = text(token, "client_id");
    return !client.isEmpty() && (client.equals(token.getSubject())
        || client.equals(text(token, "azp"))
            && (SERVICE_ACCOUNT + client).equals(text(token, "preferred_username")));
  }

  private static String text(JsonWebToken token, String claim) {
    Object value = token.getClaim(claim);
    return value instanceof JsonString string ? string.getString() : value instanceof String string ? string : "";
  }
}
