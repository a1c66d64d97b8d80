package ai.qenex.web.ledger;

import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.web.json.BrokenCsvException;
import ai.qenex.web.ledger.BatchItem.Ready;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Posts the transfers of a stream, each for itself, while they arrive. A few chunks are under way at a time: the next
 * ones are read while the ledger writes those, and no more is read while it does not keep up, so that a body of any
 * length needs the memory of a few chunks.
 *
 * <p>
 * If the ledger ceases to answer, what it was given is told as unknown and the rest of the body is passed over: the
 * same request with the same ids completes it.
 */
final class StreamPosting {

  /** Transfers that go to the ledger together: enough to share commits, few enough to overlap reading and writing. */
  static final int CHUNK = 1_000;
  /** Chunks that are with the ledger at a time. */
  private static final int UNDER_WAY = 4;
  private static final long PATIENCE_SECONDS = 10;

  private final Ledger ledger;
  private final BatchIntake intake;
  private final LineCap cap;
  private final Semaphore longStreams;
  private final Deque<Chunk> underWay = new ArrayDeque<>(UNDER_WAY);
  private final BatchFigures figures = new BatchFigures();
  private int handedIn;
  private boolean ledgerAnswers = true;
  /** What ended the stream before its end. */
  private Optional<BatchResult.Stopped> stop = Optional.empty();

  private record Chunk(List<BatchItem> items, Ledger.Pending pending) {}

  /** @param longStreams has a permit for each stream of more than one chunk */
  StreamPosting(Ledger ledger, BatchIntake intake, LineCap cap, Semaphore longStreams) {
    this.ledger = ledger;
    this.intake = intake;
    this.cap = cap;
    this.longStreams = longStreams;
  }

  /**
   * Posts until the source ends or has to be given up, which the last result tells then.
   *
   * @throws ProblemException 413 or 400 if the source has too much, 503 if too many other long streams are at work;
   * what was read before may have been posted
   * @throws QenexException if the ledger took nothing of it
   */
  void run(TransferSource source, ResultForm form, ResultSink results) throws IOException {
    boolean permitted = false;
    try {
      results.write(form.head());
      boolean more = true;
      while (more) {
        List<BatchItem> items = read(source);
        more = items.size() == CHUNK && stop.isEmpty();
        if (more && !permitted) {
          permitted = awaitPermit();
        }
        // the first answer is awaited alone: if the ledger takes nothing, that is the answer of the whole
        settleDownTo(handedIn == 1 ? 0 : UNDER_WAY - 1, source, form, results);
        if (!items.isEmpty() && ledgerAnswers) {
          handIn(items, source.number());
        }
        more &= stop.isEmpty();
      }
      settleDownTo(0, source, form, results);
      if (stop.isPresent()) {
        results.write(form.write(List.of(stop.get())));
      }
    } finally {
      AuditedRequest.current().resulted(figures::text);
      if (permitted) {
        longStreams.release();
      }
    }
  }

  /** As {@link #run}, but what would end the request ends the results: some may have been sent. */
  void runToItsEnd(TransferSource source, ResultForm form, ResultSink results) throws IOException {
    BatchResult.Stopped stopped;
    try {
      run(source, form, results);
      return;
    } catch (ProblemException fault) {
      stopped = new BatchResult.Stopped(fault.problem().code(), fault.problem().detail(), source.number());
    } catch (RuntimeException fault) { // an EJB may wrap the only fault that is told here; all others go on
      QenexException known = BatchPosting.overloadIn(fault).orElseThrow(() -> fault);
      stop(known, source.number());
      stopped = stop.orElseThrow();
    }
    settleDownTo(0, source, form, results);
    results.write(form.write(List.of(stopped)));
  }

  private void settleDownTo(int left, TransferSource source, ResultForm form, ResultSink results) throws IOException {
    while (underWay.size() > left) {
      List<BatchResult> settled = settle(source.number());
      figures.add(settled);
      results.write(form.write(settled));
    }
  }

  private List<BatchItem> read(TransferSource source) throws IOException {
    var items = new ArrayList<BatchItem>();
    try {
      while (items.size() < CHUNK && source.next()) {
        BatchItem item = item(source);
        items.add(item);
        cap.count(item, source.number());
      }
    } catch (BrokenCsvException broken) {
      stop = Optional.of(new BatchResult.Stopped("INVALID_REQUEST", broken.getMessage(), broken.line()));
    }
    return items;
  }

  private BatchItem item(TransferSource source) throws IOException {
    try {
      return source.take(intake);
    } catch (ProblemException malformed) {
      return new BatchItem.Malformed(malformed.problem());
    }
  }

  private boolean awaitPermit() {
    try {
      if (longStreams.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ProblemException(Problem.of(503, "OVERLOADED", "Come back later",
        "as many long bodies of transfers are at work as the bank takes on at a time"));
  }

  private void handIn(List<BatchItem> items, long line) {
    var instructions = new ArrayList<PostTransfers>(items.size());
    for (BatchItem item : items) {
      if (item instanceof Ready ready) {
        instructions.add(PostTransfers.of(ready.order()));
      }
    }
    try {
      underWay.add(new Chunk(items, instructions.isEmpty() ? List::of : ledger.submitLater(instructions)));
      handedIn++;
    } catch (RuntimeException fault) { // an EJB may wrap the only fault that is answered here; all others go on
      QenexException known = BatchPosting.overloadIn(fault).filter(any -> handedIn > 0).orElseThrow(() -> fault);
      underWay.add(new Chunk(items, () -> {
        throw known;
      }));
      stop(known, line);
    }
  }

  /** The results of the oldest chunk under way. */
  private List<BatchResult> settle(long line) {
    Chunk oldest = underWay.remove();
    try {
      List<Outcome> outcomes = oldest.pending.outcomes();
      return BatchPosting.results(oldest.items, outcomes);
    } catch (QenexException fault) {
      if (handedIn == 1) {
        throw fault;
      }
      stop(fault, line);
      return BatchPosting.unknown(oldest.items, fault);
    }
  }

  private void stop(QenexException fault, long line) {
    ledgerAnswers = false;
    if (stop.isEmpty()) {
      stop = Optional.of(new BatchResult.Stopped(fault.code().name(),
          "what has no result was not posted: send the same request with the same ids again", line));
    }
  }
}
