package ai.qenex.security;

/** Why a proof or what shall become one is not taken. */
public enum StepUpClause {
  /** No proof was given. */
  MISSING,
  /** No such challenge or proof, or it is another person's; which of them is not told. */
  UNKNOWN,
  /** The challenge or the proof is past its time. */
  EXPIRED,
  /** The proof was used before, or the challenge answered. */
  USED,
  /** The proof is for something else: payer, payee, amount, asset or id differ. It is void now. */
  MISMATCH,
  /** Too many wrong answers to this challenge. */
  LOCKED,
  /** The code or assertion is wrong, out of its time or was used before. */
  WRONG
}
