package ai.qenex.web.trail;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the audit log will say of the request in hand. Whoever handles it adds what he knows: what it is about, the
 * state before and after, why it was refused. One request has one intent and one end, however much it does.
 */
public final class AuditedRequest {

  private static final ThreadLocal<AuditedRequest> CURRENT = new ThreadLocal<>();
  private static final String OF_A_REQUEST = "request";

  private final AuditTrail trail;
  /** Asked for only when something is recorded, which few readers cause. */
  private Supplier<String> action;
  private AuditSubject subject = new AuditSubject(OF_A_REQUEST, "");
  private AuditKind kind = AuditKind.ACTION;
  private boolean isAction;
  private boolean intended;
  private long intent;
  private String reason = "";
  private String before = "";
  private String after = "";
  private Supplier<String> counted = () -> after;

  private AuditedRequest(AuditTrail trail, Supplier<String> action) {
    this.trail = trail;
    this.action = action;
  }

  /** Of the request that this thread handles; outside of one what is said of it goes nowhere. */
  public static AuditedRequest current() {
    AuditedRequest bound = CURRENT.get();
    return bound == null ? new AuditedRequest(null, () -> "") : bound;
  }

  static AuditedRequest begin(AuditTrail trail, Supplier<String> action) {
    var request = new AuditedRequest(trail, action);
    CURRENT.set(request);
    return request;
  }

  static void end() {
    CURRENT.remove();
  }

  /** It changes something, by that name: {@code POST accounts/{ref}/freeze}. */
  void isAction(String name) {
    isAction = true;
    action = () -> name;
  }

  /** Somebody asks for a token. Its grant has its effect outside the database, so the intent waits for the disk. */
  void isLogin(String name) {
    isAction(name);
    kind = AuditKind.LOGIN;
    intent = trail.record(AuditEvent.of(kind, action.get(), subject, AuditOutcome.INTENDED));
    intended = true;
  }

  /**
   * Records that it is about to be done, and waits for that.
   *
   * @param type of what it is about: {@code transfer}
   * @param id under which it will be known, which is answered
   */
  public UUID intend(String type, UUID id) {
    subject = new AuditSubject(type, id.toString());
    intend();
    return id;
  }

  /** As {@link #intend(String, UUID)}, for what has no id. */
  public void intend() {
    if (trail != null && !intended) {
      intent = trail.intend(AuditEvent.of(kind, action.get(), subject, AuditOutcome.INTENDED));
      intended = true;
    }
  }

  /** What it turned out to be about. */
  public AuditedRequest about(String type, String id) {
    subject = new AuditSubject(type, id);
    return this;
  }

  /** The state it changed, in plain text without anybody's data. */
  public AuditedRequest changed(String from, String to) {
    before = from;
    after = to;
    return this;
  }

  /** Figures of its result. */
  public void resulted(String figures) {
    after = figures;
  }

  /** Figures that are still being added to: what they say in the end counts. */
  public void resulted(Supplier<String> figures) {
    counted = figures;
  }

  /** @param code of the problem that is answered */
  public void problem(String code) {
    reason = code;
  }

  /** Hands over how it ended. @param status of the answer */
  void ended(int status) {
    boolean turnedAway =
        status == HttpServletResponse.SC_UNAUTHORIZED || status == HttpServletResponse.SC_FORBIDDEN;
    if (!turnedAway && !isAction) {
      return;
    }
    if (isAction && !intended && status < HttpServletResponse.SC_BAD_REQUEST) {
      System.getLogger(AuditedRequest.class.getName()).log(System.Logger.Level.ERROR,
          "{0} acted without having said so before", action.get());
      reason = "acted without an intent";
    }
    trail.note(AuditEvent.of(turnedAway && !intended ? AuditKind.ACCESS : kind, action.get(), subject, outcome(status))
        .ending(intent).because(reason)
        .changing(before, counted.get()));
  }

  private static AuditOutcome outcome(int status) {
    if (status < HttpServletResponse.SC_BAD_REQUEST) {
      return AuditOutcome.SUCCEEDED;
    }
    return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR ? AuditOutcome.REFUSED : AuditOutcome.FAILED;
  }
}
