package ai.qenex.web.ledger;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.concurrent.atomic.AtomicLong;

/** The room on disk that results of all requests may take together. */
final class SpoolSpace {

  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  SpoolSpace(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** @throws ProblemException 503 {@code UNAVAILABLE} if that is too much */
  void reserve(long bytes) {
    if (taken.addAndGet(bytes) > maxBytes) {
      taken.addAndGet(-bytes);
      throw new ProblemException(Problem.of(503, "UNAVAILABLE", "Come back later",
          "too many results wait for their clients; send the same transfers with the same ids again"));
    }
  }

  void free(long bytes) {
    taken.addAndGet(-bytes);
  }
}
