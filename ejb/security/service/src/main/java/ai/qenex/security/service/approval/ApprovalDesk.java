package ai.qenex.security.service.approval;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.Page;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.Decision;
import ai.qenex.security.Approval.State;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalClause;
import ai.qenex.security.ApprovalRefusal;
import ai.qenex.security.Approvals;
import ai.qenex.security.Approver;
import ai.qenex.security.SensitiveCall;
import ai.qenex.security.approval.CallForm.Word;
import ai.qenex.security.approval.CallForm;
import ai.qenex.security.approval.JudgeDecision;
import ai.qenex.security.service.approval.ApprovalStore.Kept;
import ai.qenex.security.service.approval.ApprovalStore.Signed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes requests in and decisions on them, each in one transaction that holds the request's row. */
final class ApprovalDesk {

  /** Of one maker at a time; more is a program gone wild. */
  static final int MOST_PENDING = 1_000;

  private final Transactions transactions;
  private final DecisionSeal seal;
  private final InstantSource clock;

  ApprovalDesk(Transactions transactions, DecisionSeal seal, InstantSource clock) {
    this.transactions = transactions;
    this.seal = seal;
    this.clock = clock;
  }

  ApprovalAnswer request(SensitiveCall call, Duration life) {
    byte[] form = CallForm.of(call);
    Instant now = now();
    var fresh = new Approval(call, form, CallForm.hash(form), State.PENDING, now, now.plus(life), List.of(), 0,
        Optional.empty());
    return transactions.run(connection -> {
      Optional<Kept> known = ApprovalStore.find(connection, call.id());
      if (known.isEmpty()) {
        if (ApprovalStore.pendingOf(connection, call.maker()) >= MOST_PENDING) {
          return new ApprovalAnswer.Refused(new ApprovalRefusal(ApprovalClause.TOO_MANY_PENDING,
              Map.of("limit", Integer.toString(MOST_PENDING))));
        }
        if (ApprovalStore.insert(connection, fresh)) {
          return new ApprovalAnswer.Known(fresh);
        }
        known = ApprovalStore.find(connection, call.id());
      }
      return repeated(call, read(known.orElseThrow()));
    });
  }

  private static ApprovalAnswer repeated(SensitiveCall call, Approval known) {
    boolean same = known.call().maker().equals(call.maker())
        && known.call().isSame(call.method(), call.path(), call.query(), call.body());
    return same ? new ApprovalAnswer.Known(known)
        : new ApprovalAnswer.Refused(ApprovalRefusal.of(ApprovalClause.IDEMPOTENCY_KEY_REUSED));
  }

  Optional<Approval> find(UUID id) {
    return transactions.run(connection -> ApprovalStore.find(connection, id)).map(this::read);
  }

  Page<Approval> list(Approvals.Wanted wanted) {
    int limit = Math.min(wanted.limit(), Approvals.MAX_PAGE);
    List<Kept> kept =
        transactions.run(connection -> ApprovalStore.list(connection, wanted, limit + 1));
    List<Approval> items = new ArrayList<>(kept.stream().limit(limit).map(this::read).toList());
    return new Page<>(items, kept.size() > limit
        ? Optional.of(items.get(items.size() - 1).call().id().toString()) : Optional.empty());
  }

  ApprovalAnswer decide(UUID id, Approver approver, Verdict verdict, String comment) {
    return transactions.run(connection -> {
      Optional<Approval> found = ApprovalStore.lock(connection, id).map(this::read);
      if (found.isEmpty()) {
        return new ApprovalAnswer.Missing();
      }
      Approval approval = found.get();
      Instant now = now();
      Optional<ApprovalRefusal> refusal = switch (verdict) {
        case APPROVE -> JudgeDecision.approve(approval, approver, now);
        case REJECT -> JudgeDecision.reject(approval, approver, now);
      };
      if (refusal.isPresent()) {
        return new ApprovalAnswer.Refused(refusal.get());
      }
      byte[] message = CallForm.decision(id, approval.hash(), new Word(approver.name(), verdict, now));
      ApprovalStore.decide(connection, approval,
          new Signed(approver.name(), verdict, now, comment, seal.sign(message)));
      moveOn(connection, approval, verdict, now);
      return new ApprovalAnswer.Known(read(ApprovalStore.find(connection, id).orElseThrow()));
    });
  }

  private static void moveOn(Connection connection, Approval approval, Verdict verdict, Instant now)
      throws SQLException {
    UUID id = approval.call().id();
    switch (verdict) {
      case REJECT -> ApprovalStore.close(connection, id, State.REJECTED, now);
      case APPROVE -> {
        if (approval.approvals() + 1 >= approval.call().needed()) {
          ApprovalStore.approve(connection, id);
        }
      }
    }
  }

  ApprovalAnswer withdraw(UUID id, String maker) {
    return transactions.run(connection -> {
      Optional<Approval> approval = ApprovalStore.lock(connection, id).map(this::read);
      if (approval.isEmpty()) {
        return new ApprovalAnswer.Missing();
      }
      Optional<ApprovalRefusal> refusal = JudgeDecision.withdraw(approval.get(), maker);
      if (refusal.isPresent()) {
        return new ApprovalAnswer.Refused(refusal.get());
      }
      ApprovalStore.close(connection, id, State.WITHDRAWN, now());
      return new ApprovalAnswer.Known(read(ApprovalStore.find(connection, id).orElseThrow()));
    });
  }

  /** Lets what nobody decided in time end. */
  int expire() {
    return transactions.run(connection -> ApprovalStore.expire(connection, now()));
  }

  /** With its signatures verified. */
  Approval read(Kept kept) {
    SensitiveCall call = CallForm.read(kept.form());
    List<Decision> decisions =
        kept.decisions().stream().map(decision -> read(call.id(), kept.hash(), decision)).toList();
    return new Approval(call, kept.form(), kept.hash(), kept.state(), kept.createdAt(), kept.expiresAt(), decisions,
        kept.attempts(), kept.result());
  }

  private Decision read(UUID id, Hash hash, Signed signed) {
    byte[] message = CallForm.decision(id, hash, new Word(signed.approver(), signed.verdict(), signed.at()));
    return new Decision(signed.approver(), signed.verdict(), signed.at(), signed.comment(), message,
        signed.signature(), seal.isValid(signed.signature(), message));
  }

  /** As exact as the database keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
