package ai.qenex.kernel;

/**
 * The stable names of faults: what went wrong with the machine or the question, never a business rule's "no", which is
 * a value. A client sees the name as {@code code} of an RFC 9457 problem, and may rely on it.
 */
public enum ErrorCode {
  /** The question itself is malformed: a member, a parameter or a document that cannot be read as what it should be. */
  INVALID_REQUEST(Kind.CLIENT),
  /** What the question names does not exist. */
  NOT_FOUND(Kind.NOT_FOUND),
  /** What the question asks for cannot be done in the present state, e.g. a job that already runs. */
  CONFLICTING_STATE(Kind.CONFLICT),
  /** The bank has more work in hand than it takes on: come back later, nothing was done. */
  OVERLOADED(Kind.OVERLOAD),
  /**
   * A part that is needed is starting, stopping or gone: nothing is known to be done, the same id may be sent again.
   */
  UNAVAILABLE(Kind.OVERLOAD),
  /** Another node leads, or none yet: nothing was done here, the same id may be sent again, there at best. */
  NOT_LEADER(Kind.OVERLOAD),
  /** A configuration property is missing or wrong. */
  INVALID_CONFIGURATION(Kind.INTERNAL),
  /** The database refused or broke in a way that is no rule of business. */
  STORAGE_FAILED(Kind.INTERNAL),
  /** A law of the ledger was found broken: an operator must look before anything goes on. */
  INVARIANT_BROKEN(Kind.INTERNAL);

  /** Who can mend it, which decides the HTTP status. */
  public enum Kind {
    CLIENT, NOT_FOUND, CONFLICT, OVERLOAD, INTERNAL
  }

  private final Kind kind;

  ErrorCode(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
