package ai.qenex.web.ledger;

import java.util.UUID;

/** What became of one item of a batch. */
sealed interface BatchResult {

  record Posted(UUID id, long seq) implements BatchResult {}

  record Refused(UUID id, String code) implements BatchResult {}

  /** A line that is no transfer; it has no id. */
  record Malformed(String code, String path, String detail) implements BatchResult {}

  /** The ledger could not say in time what became of it: send the same id again to learn it. */
  record Unknown(UUID id, String code) implements BatchResult {}

  /** The end of results before the end of the body: what has no result was not posted. */
  record Stopped(String code, String detail, long line) implements BatchResult {}
}
