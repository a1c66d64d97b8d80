package ai.qenex.ledger.engine;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.TransferOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes the decision of an instruction that may be foreign, within its budgets. */
final class Deliberation {

  private static final int MAX_FIGURES = 32;
  private static final int MAX_FIGURE_TEXT = 400;
  /** A linked group of as many lines as there may be reads more than the budget of a single one. */
  private static final int READS_PER_LINE = 20;

  private final LedgerView ledger;
  private final DecisionBudget budget;

  Deliberation(LedgerView ledger, DecisionBudget budget) {
    this.ledger = ledger;
    this.budget = budget;
  }

  /**
   * @throws QenexException {@code OVERLOADED} if it took too long, {@code INVARIANT_BROKEN} if it exceeds another
   * budget; both name it
   */
  Decision decide(Instruction instruction, int ids) {
    int reads = Math.max(budget.viewReads(), ids * READS_PER_LINE);
    var view = new MeteredView(ledger, reads, instruction.refersTo());
    long start = budget.nanoTime().getAsLong();
    Decision decision;
    try {
      decision = instruction.decide(view);
    } finally {
      view.close();
    }
    long nanos = budget.nanoTime().getAsLong() - start;
    if (view.isOverdrawn()) {
      throw exceeded("view reads: more than " + reads);
    }
    if (nanos > budget.time().toNanos()) {
      throw new QenexException(ErrorCode.OVERLOADED, "the instruction exceeds its budget of time: it took "
          + Duration.ofNanos(nanos).toMillis() + " ms of " + budget.time().toMillis() + " ms to decide");
    }
    if (decision instanceof Decision.Accept accept) {
      requireSize(instruction, ids, accept.effects());
      accept.effects().forEach(Deliberation::requireStorable);
    } else {
      requireStorable(((Decision.Reject) decision).refusal());
    }
    return decision;
  }

  private static void requireSize(Instruction instruction, int ids, List<Effect> effects) {
    if (effects.size() > Instruction.MAX_LINES) {
      throw exceeded("lines: " + effects.size() + " of " + Instruction.MAX_LINES);
    }
    if (effects.size() < ids || effects.size() > ids + instruction.legIds().size()) {
      throw new IllegalStateException("an instruction writes one effect per line");
    }
  }

  private static void requireStorable(Effect effect) {
    try {
      if (effect instanceof Effect.Transfer transfer) {
        TransferOrder.requireStorable(transfer.reference(), transfer.valueDate());
      } else if (effect instanceof Effect.HoldPlacement placement) {
        TransferOrder.requireStorable(placement.reference(), Optional.empty());
      } else if (effect instanceof Effect.Opening opening) {
        OpenAccount.requireStorable(opening.owner(), opening.alias(), opening.overdraftLimit());
      }
    } catch (IllegalArgumentException e) {
      throw exceeded("texts: " + e.getMessage());
    }
  }

  private static void requireStorable(Refusal refusal) {
    if (refusal.figures().size() > MAX_FIGURES) {
      throw exceeded("figures: " + refusal.figures().size() + " of " + MAX_FIGURES);
    }
    try {
      refusal.figures().forEach((name, figure) -> {
        Refusal.requireStorable(name, MAX_FIGURE_TEXT);
        Refusal.requireStorable(figure, MAX_FIGURE_TEXT);
      });
    } catch (IllegalArgumentException e) {
      throw exceeded("figures: " + e.getMessage());
    }
  }

  static QenexException exceeded(String budget) {
    return new QenexException(ErrorCode.INVARIANT_BROKEN, "the instruction exceeds its budget of " + budget);
  }
}
