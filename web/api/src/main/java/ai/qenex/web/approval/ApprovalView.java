package ai.qenex.web.approval;

import ai.qenex.kernel.Money;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.Decision;
import ai.qenex.security.Approval.Result;
import ai.qenex.security.SensitiveCall;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A request for approval.
 *
 * @param given how many have approved
 * @param concerns whose rights it changes
 * @param openAmount whether only the ledger knows how much it moves
 * @param hash SHA-256 of {@code form}, as hex digits
 * @param form the canonical form of the request, Base64; only where one request is asked for
 */
public record ApprovalView(UUID id, String operation, String state, String maker, String policy, int needed,
    int given, List<String> roles, List<String> approvers, Optional<String> concerns, List<Sum> amounts,
    boolean openAmount, Request request, UUID idempotencyId, Instant createdAt, Instant expiresAt, int attempts,
    String hash, Optional<String> form, List<Word> decisions, Optional<Outcome> result) {

  public record Sum(String asset, String amount) {

    static Sum of(Money money) {
      return new Sum(money.asset().code(), money.toDecimalString());
    }
  }

  /** @param body absent in lists, and where it is no text; the form has it too */
  public record Request(String method, String path, Optional<String> query, Optional<String> mediaType,
      Optional<String> body) {}

  /**
   * @param message what was signed, Base64
   * @param signature Base64
   * @param valid whether it is a signature of the bank's key over the message
   */
  public record Word(String approver, String verdict, Instant at, Optional<String> comment, String suite, String keyId,
      int epoch, String message, String signature, boolean valid) {

    static Word of(Decision decision) {
      Base64.Encoder base64 = Base64.getEncoder();
      return new Word(decision.approver(), decision.verdict().code(), decision.at(), present(decision.comment()),
          decision.signature().suite(), decision.signature().keyId(), decision.signature().epoch(),
          base64.encodeToString(decision.message()), base64.encodeToString(decision.signature().bytes()),
          decision.valid());
    }
  }

  /** @param status HTTP status the operation answered; 0 if it was given up */
  public record Outcome(int status, Optional<String> mediaType, Optional<String> body, Instant at) {

    static Outcome of(Result result) {
      return new Outcome(result.status(), present(result.mediaType()), text(result.body()), result.at());
    }
  }

  /** @param next cursor of the next page */
  public record ApprovalPage(List<ApprovalView> items, Optional<String> next) {}

  static ApprovalView of(Approval approval) {
    return of(approval, true);
  }

  /** Without body and form. */
  static ApprovalView brief(Approval approval) {
    return of(approval, false);
  }

  private static ApprovalView of(Approval approval, boolean whole) {
    SensitiveCall call = approval.call();
    var request = new Request(call.method(), call.path(), present(call.query()), present(call.mediaType()),
        whole ? text(call.body()) : Optional.empty());
    return new ApprovalView(call.id(), call.operation().code(), approval.state().code(), call.maker(), call.policy(),
        call.needed(), approval.approvals(), call.approverRoles().stream().sorted().toList(),
        call.approvers().stream().sorted().toList(), present(call.figures().concerns()),
        call.figures().amounts().stream().map(Sum::of).toList(), call.figures().open(), request,
        call.idempotencyId(), approval.createdAt(), approval.expiresAt(), approval.attempts(),
        approval.hash().toString(),
        whole ? Optional.of(Base64.getEncoder().encodeToString(approval.form())) : Optional.empty(),
        approval.decisions().stream().map(Word::of).toList(), approval.result().map(Outcome::of));
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      return present(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
