package ai.qenex.web.ledger;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.Map;

/**
 * How many lines one request may bring. It bounds the results that are kept for the answer: each of about 100 bytes,
 * and {@value #MAX_MALFORMED} of at most about 1 KiB.
 */
final class LineCap {

  static final int MAX_MALFORMED = 10_000;

  private final long maxLines;
  private long lines;
  private int malformed;

  LineCap(long maxLines) {
    this.maxLines = maxLines;
  }

  /**
   * Counts a line. What lines before it were posted stays posted.
   *
   * @param number of the line in the body
   * @throws ProblemException 413 {@code PAYLOAD_TOO_LARGE} or 400 {@code INVALID_REQUEST} if it is one too many
   */
  void count(BatchItem line, long number) {
    if (++lines > maxLines) {
      throw new ProblemException(new Problem(413, "PAYLOAD_TOO_LARGE", "The body is too large",
          "one body has at most " + maxLines + " lines; those sent before may have been posted",
          Map.of("maxLines", maxLines, "line", number)));
    }
    if (line instanceof BatchItem.Malformed last && ++malformed > MAX_MALFORMED) {
      throw new ProblemException(new Problem(400, "INVALID_REQUEST", "The request is not valid",
          "more than " + MAX_MALFORMED + " lines are no transfers; the others before them may have been posted",
          Map.of("path", last.problem().figures().getOrDefault("path", ""), "line", number)));
    }
  }
}
