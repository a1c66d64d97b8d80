package ai.qenex.ledger;

import java.util.List;

/** The one way to post. Every answer is durable before it is given. */
public interface Ledger {

  /** The most instructions one call may carry. */
  int MAX_BATCH = 10_000;

  /**
   * Decides and writes one instruction.
   *
   * @throws ai.qenex.kernel.QenexException {@code OVERLOADED} if the queue is full (nothing was done),
   * {@code UNAVAILABLE} if this node cannot write now or the commit's outcome could not be learnt in time: submit the
   * same id again
   */
  Outcome submit(Instruction instruction);

  /**
   * Decides and writes instructions one by one in their order, each for itself; most share a commit.
   *
   * @return one outcome per instruction, in order
   * @throws ai.qenex.kernel.QenexException as {@link #submit}; some of the instructions may then have been carried out
   */
  List<Outcome> submitAll(List<? extends Instruction> instructions);

  /**
   * Hands instructions in as {@link #submitAll} does, and comes back as soon as they wait in the queue, so that a
   * caller with a long stream reads on while they are written. What is handed in later is decided later. If the queue
   * is full it waits for room, as long as a caller waits for an answer.
   *
   * @throws ai.qenex.kernel.QenexException {@code OVERLOADED} or {@code UNAVAILABLE}: nothing was done
   */
  default Pending submitLater(List<? extends Instruction> instructions) {
    List<Outcome> outcomes = submitAll(instructions);
    return () -> outcomes;
  }

  /** Instructions that were handed in. */
  interface Pending {

    /**
     * Waits for one outcome per instruction, in order.
     *
     * @throws ai.qenex.kernel.QenexException {@code UNAVAILABLE} if the outcome could not be learnt in time; some of
     * the instructions may have been carried out: submit the same ids again
     */
    List<Outcome> outcomes();
  }
}
