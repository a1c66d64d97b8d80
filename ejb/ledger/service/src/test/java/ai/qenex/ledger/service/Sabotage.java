package ai.qenex.ledger.service;

/** A fault put into the ledger on purpose, to show that the simulation finds it. */
enum Sabotage {
  NONE,
  /** The caller gets his answer before what it says is durable. */
  ANSWERS_BEFORE_COMMIT,
  /** After an unknown commit everything is decided anew without a look into the log. */
  FORGETS_TO_LOOK_UP,
  /** Neither the fence nor the key of the log keeps a second writer out. */
  IGNORES_FENCE,
  /** What a failed batch did to memory stays there. */
  FORGETS_TO_UNDO,
  /** The projector takes for committed what is only decided. */
  PROJECTS_AHEAD,
  /** The projector starts from the watermark it remembers, not from the one that is stored. */
  PROJECTS_TWICE,
  /** The snapshot loses an account's last movement. */
  STALE_SNAPSHOT,
  /** An unknown commit is taken for a successful one. */
  TRUSTS_UNKNOWN_COMMIT,
  /** An answer gets lost on its way. */
  LOSES_ANSWERS,
  /** A reversal is not looked up in the log. */
  FORGETS_REVERSALS,
  /** The snapshot loses an open hold. */
  FORGETS_HOLD,
  /** Old ids are forgotten, in memory as in the database. */
  FORGETS_IDS
}
