package ai.qenex.web.stepup;

import ai.qenex.security.PasskeyQuestion;
import ai.qenex.security.StepUpChallenge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a person is shown and confirms.
 *
 * @param id of the challenge, for {@code POST /api/v1/step-up/{id}}
 * @param operationId idempotency id that the request has to be repeated with; of a file its digest
 */
public record ChallengeView(
    UUID id,
    String operation,
    String payer,
    String payee,
    String amount,
    String currency,
    String operationId,
    Instant expires,
    List<String> methods,
    Optional<PasskeyQuestion> webauthn) {

  static ChallengeView of(StepUpChallenge challenge) {
    var operation = challenge.operation();
    return new ChallengeView(challenge.id(), operation.kind().text(), operation.payer(), operation.payee(),
        operation.amount(), operation.asset(), operation.id(), challenge.expires(),
        challenge.methods().stream().sorted().toList(),
        challenge.methods().contains("webauthn") ? Optional.of(challenge.assertion()) : Optional.empty());
  }
}
