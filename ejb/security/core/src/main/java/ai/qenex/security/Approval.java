package ai.qenex.security;

import ai.qenex.kernel.Hash;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A request and what became of it. It waits until enough have approved, one has rejected, its maker has withdrawn it or
 * its time is over; approved, it is carried out once.
 *
 * @param form the canonical form of {@code call}, see the handbook's page on approvals
 * @param hash SHA-256 of the form, which every approver's signature is over
 * @param decisions in their order
 * @param attempts how often it was tried to carry it out
 * @param result what it came to, once it was carried out or given up
 */
public record Approval(SensitiveCall call, byte[] form, Hash hash, State state, Instant createdAt, Instant expiresAt,
    List<Decision> decisions, int attempts, Optional<Result> result) {

  public Approval {
    decisions = List.copyOf(decisions);
  }

  /** Where it is in its life. The codes stand in records. */
  public enum State {
    /** Waits for approvals. */
    PENDING,
    /** Enough have approved: it is about to be carried out, now or by whoever finds it after a crash. */
    APPROVED,
    /** A node is carrying it out, or died while it did. */
    EXECUTING,
    /** Carried out; the result says what the operation answered. */
    EXECUTED,
    /** The operation was refused when it was carried out, or could not be; nothing was done. */
    FAILED,
    REJECTED,
    /** By its maker. */
    WITHDRAWN,
    EXPIRED;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
      return code;
    }

    public static Optional<State> ofCode(String code) {
      return Arrays.stream(values()).filter(state -> state.code.equals(code)).findFirst();
    }
  }

  /** What an approver says. */
  public enum Verdict {
    APPROVE, REJECT;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
      return code;
    }
  }

  /**
   * One approver's word.
   *
   * @param comment at most 280 characters, may be empty
   * @param message what was signed: verdict, approval, hash, approver and time, see the handbook's page on approvals
   * @param valid whether the signature is one of the bank's key over that message
   */
  public record Decision(String approver, Verdict verdict, Instant at, String comment, byte[] message,
      StoredSignature signature, boolean valid) {}

  /**
   * What the operation answered.
   *
   * @param status of HTTP; 0 if it was given up without an answer
   * @param mediaType empty if there is no body
   * @param body cut to 65,536 bytes
   */
  public record Result(int status, String mediaType, byte[] body, Instant at) {}

  /** How many approved. */
  public int approvals() {
    return (int) decisions.stream().filter(decision -> decision.verdict() == Verdict.APPROVE).count();
  }
}
