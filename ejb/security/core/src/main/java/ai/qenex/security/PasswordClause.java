package ai.qenex.security;

/** Why a password is not taken. */
public enum PasswordClause {
  /** Fewer characters than the policy asks for. */
  TOO_SHORT,
  /** More than any password needs; a bound on the work of hashing. */
  TOO_LONG,
  /** It has the person's own name in it. */
  CONTAINS_NAME,
  /** It has the system's name in it, or a role's: what a guesser tries first here. */
  CONTAINS_BANK_WORD,
  /** It stands on a list of passwords that are known to guessers. */
  BREACHED,
  /** It is the one that was there before. */
  UNCHANGED
}
