package ai.qenex.ledger;

import java.util.List;

/** What an instruction wants written, or why nothing may be. */
public sealed interface Decision {

  /**
   * All or nothing.
   *
   * @param effects one per line of the instruction, in the order of its ids
   */
  record Accept(List<Effect> effects) implements Decision {

    public Accept {
      effects = List.copyOf(effects);
    }
  }

  /**
   * @param line index of the line that was refused first
   */
  record Reject(int line, Refusal refusal) implements Decision {}
}
