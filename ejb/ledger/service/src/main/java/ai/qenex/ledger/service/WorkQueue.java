package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for the writer, in the order it came; bounded by the log entries it may become. */
final class WorkQueue {

  private final int maxLines;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notEmpty = lock.newCondition();
  private final Condition notFull = lock.newCondition();
  private final Deque<Submission> waiting = new ArrayDeque<>();
  /** The first instruction of the head that was not taken yet. */
  private int cursor;
  private int lines;
  private boolean closed;

  /** @param maxLines from which on submissions are turned away */
  WorkQueue(int maxLines) {
    this.maxLines = maxLines;
  }

  /**
   * False if too much waits already, and still does after the patience or when the caller is interrupted.
   *
   * @throws QenexException {@code UNAVAILABLE} if nobody will take it any more
   */
  boolean offer(Submission submission, Duration patience) {
    lock.lock();
    try {
      if (!closed && lines >= maxLines) {
        awaitRoom(patience.toNanos());
      }
      if (closed) {
        throw new QenexException(ErrorCode.UNAVAILABLE, "the ledger's writer has stopped");
      }
      if (lines >= maxLines) {
        return false;
      }
      waiting.addLast(submission);
      lines += submission.lines();
      notEmpty.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom(long nanos) {
    try {
      long left = nanos;
      while (!closed && lines >= maxLines && left > 0) {
        left = notFull.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for work and takes instructions until they would become more than the given number of log entries, but at
   * least one. Empty after the given time without any.
   */
  List<Slot> take(int batchLines, long timeoutNanos) throws InterruptedException {
    return takeMany(0, batchLines, timeoutNanos);
  }

  /** As {@link #take}, but empty as long as fewer than so many entries wait. */
  List<Slot> takeMany(int leastLines, int batchLines, long timeoutNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = timeoutNanos;
      while ((waiting.isEmpty() || lines < leastLines) && left > 0) {
        left = notEmpty.awaitNanos(left);
      }
      return lines < leastLines ? List.of() : takeWaiting(batchLines);
    } finally {
      lock.unlock();
    }
  }

  /** Answers what waits, for somebody else. */
  List<Slot> drain() {
    lock.lock();
    try {
      return takeWaiting(Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing in any more; answers what still waits. */
  List<Slot> close() {
    lock.lock();
    try {
      closed = true;
      return takeWaiting(Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  private List<Slot> takeWaiting(int batchLines) {
    var batch = new ArrayList<Slot>();
    int taken = 0;
    while (!waiting.isEmpty()) {
      Submission head = waiting.peekFirst();
      int next = head.ids(cursor).size();
      if (taken > 0 && taken + next > batchLines) {
        break;
      }
      batch.add(new Slot(head, cursor));
      taken += next;
      if (++cursor == head.size()) {
        waiting.removeFirst();
        cursor = 0;
      }
    }
    lines -= taken;
    if (lines < maxLines || closed) {
      notFull.signalAll();
    }
    return batch;
  }
}
