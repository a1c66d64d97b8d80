package ai.qenex.security;

/** Why nobody is logged in. */
public enum LoginClause {
  /** Name, password or code is wrong or the person is disabled; which of them is not told. */
  WRONG,
  /** The password is right, and a code is asked for. */
  CODE_NEEDED,
  /** The password is right, was set by somebody else, and has to be changed now. */
  CHANGE_NEEDED,
  /** The new password does not meet the policy. */
  UNFIT_PASSWORD,
  /** Too many failures with that name. */
  LOCKED
}
