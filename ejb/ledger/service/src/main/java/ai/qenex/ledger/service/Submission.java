package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Instructions that a caller handed in together, and the answers he waits for. */
final class Submission {

  private final Instruction[] instructions;
  private final List<List<UUID>> ids;
  private final Outcome[] outcomes;
  private final boolean[] settled;
  private final int lines;
  private final CountDownLatch answered = new CountDownLatch(1);
  /** How many have no answer yet; of the writer's thread, as all that changes here is. */
  private int open;
  /** Why the call fails as a whole; read after {@link #answered}. */
  private QenexException failure;
  private volatile boolean abandoned;

  Submission(List<? extends Instruction> instructions) {
    this.instructions = instructions.toArray(Instruction[]::new);
    this.ids = new ArrayList<>(this.instructions.length);
    int sum = 0;
    for (Instruction instruction : this.instructions) {
      List<UUID> own = instruction.ids();
      ids.add(own);
      sum += own.size();
    }
    this.lines = sum;
    this.outcomes = new Outcome[this.instructions.length];
    this.settled = new boolean[outcomes.length];
    this.open = outcomes.length;
  }

  int size() {
    return instructions.length;
  }

  int lines() {
    return lines;
  }

  Instruction instruction(int index) {
    return instructions[index];
  }

  List<UUID> ids(int index) {
    return ids.get(index);
  }

  /** Whether nobody waits any more: what was not begun need not be. */
  boolean isAbandoned() {
    return abandoned;
  }

  /** Whether {@link #await} would not have to wait. */
  boolean isAnswered() {
    return answered.getCount() == 0;
  }

  void answer(int index, Outcome outcome) {
    if (!settled[index]) {
      outcomes[index] = outcome;
      settle(index);
    }
  }

  /** The instruction gets no answer, unless it has one; the first such failure is that of the call. */
  void fail(int index, QenexException cause) {
    if (!settled[index]) {
      failure = failure == null ? cause : failure;
      settle(index);
    }
  }

  private void settle(int index) {
    settled[index] = true;
    if (--open == 0) {
      answered.countDown();
    }
  }

  /** @throws QenexException if an instruction failed, or {@code UNAVAILABLE} after the timeout */
  List<Outcome> await(Duration timeout) {
    boolean inTime;
    try {
      inTime = answered.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      inTime = false;
    }
    if (!inTime) {
      abandoned = true;
      throw new QenexException(ErrorCode.UNAVAILABLE, "the ledger did not answer in time; submit the same id again");
    }
    if (failure != null) {
      throw new QenexException(failure.code(), failure.getMessage(), failure);
    }
    return Arrays.asList(outcomes);
  }
}
