package ai.qenex.ledger;

import java.util.List;

/** What became of an instruction. The same id gets the same outcome, however often and whenever it is asked. */
public sealed interface Outcome {

  /**
   * It was carried out and is durable.
   *
   * @param entries what it wrote, in the order of its lines
   * @param repeated whether this is the answer of an earlier submission
   */
  record Accepted(List<LedgerEntry> entries, boolean repeated) implements Outcome {

    public Accepted {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Nothing was carried out.
   *
   * @param repeated whether this is the answer of an earlier submission
   */
  record Refused(Refusal refusal, boolean repeated) implements Outcome {}
}
