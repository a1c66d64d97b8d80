package ai.qenex.ledger.conformance;

import ai.qenex.ledger.Instruction;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes random instructions of one kind: sensible ones most of the time, and every field with different values. */
@FunctionalInterface
public interface Contribution {

  /**
   * An instruction about the accounts of the world: a function of its arguments.
   *
   * @param id the instruction's id, or what its ids are derived from
   */
  Instruction make(World world, RandomGenerator random, UUID id);
}
