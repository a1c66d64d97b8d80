package ai.qenex.security.service.approval;

import ai.qenex.security.Approval;
import ai.qenex.security.Approval.Result;
import ai.qenex.security.Approval.State;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.SensitiveCall;
import ai.qenex.security.approval.CallForm;
import ai.qenex.security.service.approval.ApprovalStore.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Carries out what was approved (invariant APPROVAL-2). A node claims a request in the database, sends it, and keeps
 * the answer; whoever dies in between leaves a claim that runs out, and the next one sends the same request under the
 * same idempotency id.
 */
final class CarryOutApproved {

  /** Sends a request in its maker's name and waits for the answer. */
  interface Performer {

    /** @throws IOException if there is no answer: nobody knows whether it was carried out */
    Answer perform(SensitiveCall call) throws IOException, InterruptedException;
  }

  /** What came back. */
  record Answer(int status, String mediaType, byte[] body) {}

  /** What a maker may still do. */
  interface Standing {

    /** Those of the roles he had that he has now; empty: he may not act at all any more. */
    Optional<Set<String>> of(String maker, Set<String> roles);
  }

  static final int MOST_ATTEMPTS = 30;
  static final int MAX_RESULT = 65_536;
  /** Longer than any request takes, see {@code LoopbackPerformer}. */
  static final Duration CLAIM = Duration.ofSeconds(120);
  private static final int MOST_AT_ONCE = 20;
  private static final int LONGEST_PAUSE_EXPONENT = 6;
  private static final Set<Integer> NOT_AN_ANSWER = Set.of(401, 408, 425, 429);

  private final Transactions transactions;
  private final ApprovalDesk desk;
  private final Performer performer;
  private final Standing standing;

  CarryOutApproved(Transactions transactions, ApprovalDesk desk, Performer performer, Standing standing) {
    this.transactions = transactions;
    this.desk = desk;
    this.performer = performer;
    this.standing = standing;
  }

  /** Carries out what waits for it, up to a limit. @return how many were tried */
  int run() throws InterruptedException {
    int tried = 0;
    while (tried < MOST_AT_ONCE) {
      Optional<Kept> claimed = claim();
      if (claimed.isEmpty()) {
        return tried;
      }
      carryOut(claimed.get());
      tried++;
    }
    return tried;
  }

  private Optional<Kept> claim() {
    return transactions.run(connection -> {
      Instant now = desk.now();
      Optional<UUID> next = ApprovalStore.nextToCarryOut(connection, now);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      ApprovalStore.claim(connection, next.get(), now.plus(CLAIM));
      return ApprovalStore.find(connection, next.get());
    });
  }

  private void carryOut(Kept kept) throws InterruptedException {
    UUID id = CallForm.read(kept.form()).id();
    Approval approval = desk.read(kept);
    if (!isWhatWasApproved(kept, approval)) {
      giveUp(id, "the request is not the one that was approved");
      return;
    }
    SensitiveCall call = approval.call();
    Optional<Set<String>> roles = standing.of(call.maker(), call.makerRoles());
    if (roles.isEmpty()) {
      giveUp(id, "its maker may not act any more");
      return;
    }
    try {
      take(id, kept.attempts(), performer.perform(as(call, roles.get())));
    } catch (IOException e) {
      tryLater(id, kept.attempts(), "no answer: " + e.getClass().getSimpleName());
    }
  }

  /** Whether the bytes are those that were signed, by as many others than the maker as it needs. */
  private static boolean isWhatWasApproved(Kept kept, Approval approval) {
    SensitiveCall call = approval.call();
    boolean allRight = approval.decisions().stream().allMatch(decision -> decision.valid()
        && decision.verdict() == Verdict.APPROVE && !decision.approver().equals(call.maker())
        && !decision.approver().equals(call.figures().concerns()));
    long approvers = approval.decisions().stream().map(Approval.Decision::approver).distinct().count();
    return allRight && approvers >= call.needed() && CallForm.hash(kept.form()).equals(kept.hash());
  }

  /** The same request with the roles the maker still has. */
  private static SensitiveCall as(SensitiveCall call, Set<String> roles) {
    return new SensitiveCall(call.id(), call.operation(), call.figures(), call.policy(), call.needed(),
        call.approverRoles(), call.approvers(), call.maker(), roles, call.method(), call.path(), call.query(),
        call.mediaType(), call.idempotencyId(), call.body());
  }

  private void take(UUID id, int attempts, Answer answer) {
    if (answer.status() >= 500 || NOT_AN_ANSWER.contains(answer.status())) {
      tryLater(id, attempts, "answered " + answer.status());
      return;
    }
    finish(id, answer.status() < 400 ? State.EXECUTED : State.FAILED, answer);
  }

  private void tryLater(UUID id, int attempts, String why) {
    if (attempts >= MOST_ATTEMPTS) {
      giveUp(id, "given up after " + attempts + " attempts, the last one " + why);
      return;
    }
    Duration pause = Duration.ofSeconds(1L << Math.min(attempts, LONGEST_PAUSE_EXPONENT));
    transactions.run(connection -> {
      ApprovalStore.putBack(connection, id, desk.now().plus(pause));
      return id;
    });
  }

  private void giveUp(UUID id, String why) {
    finish(id, State.FAILED, new Answer(0, "text/plain", why.getBytes(StandardCharsets.UTF_8)));
  }

  private void finish(UUID id, State state, Answer answer) {
    byte[] body = answer.body().length <= MAX_RESULT ? answer.body() : Arrays.copyOf(answer.body(), MAX_RESULT);
    transactions.run(connection -> {
      ApprovalStore.finish(connection, id, state, new Result(answer.status(), answer.mediaType(), body, desk.now()));
      return id;
    });
  }
}
