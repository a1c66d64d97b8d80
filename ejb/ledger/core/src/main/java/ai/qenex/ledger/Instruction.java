package ai.qenex.ledger;

import java.util.List;
import java.util.UUID;

/**
 * Something asked of the ledger: the one way in which value moves, and the way in which another context gives the
 * ledger a rule of its own.
 *
 * <p>
 * Whoever contributes an instruction writes a record of what is asked, and {@link #decide}: a pure function of the view
 * it is given. No clock, no randomness, no I/O, no memory of earlier calls, no other thread: it may be called again for
 * the same instruction after a crash, and must answer the same from the same view. What it wants written are
 * {@link Effect}s, in the order in which they are to happen; the engine applies all of them or none, and checks the
 * laws of the ledger again whatever the decision says. A rule's "no" is a {@link Decision.Reject} with a
 * {@link Clause}, {@link Clause#INSTRUCTION_REFUSED} for rules that the ledger has no word for; it is recorded under
 * every id of {@link #ids}. An instruction that throws, breaks a law or exceeds a budget is a fault: it leaves no
 * trace, and its id stays free.
 *
 * <p>
 * Budgets: {@value #MAX_LINES} effects, texts that the log can hold, and the reads of the view and the time that the
 * engine allows ({@code DecisionBudget}). The view answers only while the decision is taken.
 *
 * <p>
 * Prove an instruction by the kit {@code ai.qenex.ledger.conformance} in your tests.
 */
public interface Instruction {

  /** The most lines one instruction may have, legs included. */
  int MAX_LINES = 10_000;

  /**
   * The idempotency ids of its lines, 1 to {@value #MAX_LINES}, all different. Each becomes the id of one log entry. An
   * accepted decision has an effect for each of them, in their order.
   */
  List<UUID> ids();

  /**
   * Ids for effects of which the number is known only when it is decided: an accepted decision may have more effects
   * than {@link #ids}, which take these in order; what is left of them stays unused. Nothing is recorded here if the
   * instruction is refused. The same for the same instruction, best derived from its id with
   * {@link ai.qenex.kernel.UuidV7#derived}.
   */
  default List<UUID> legIds() {
    return List.of();
  }

  /**
   * A hash of everything that was asked in line {@code index}: an id that comes back with another one is refused. The
   * lines behind {@link #ids} are those of {@link #legIds}.
   */
  long fingerprint(int index);

  /**
   * Ids of earlier entries that {@link #decide} asks the view about by {@link LedgerView#entry},
   * {@link LedgerView#hold} or {@link LedgerView#reversalOf}: the ledger looks them up before it decides. As many as
   * {@link #MAX_LINES} at most.
   */
  default List<UUID> refersTo() {
    return List.of();
  }

  /** Pure; see above. Faults: whatever it throws is its own, and nothing is written. */
  Decision decide(LedgerView view);
}
