package ai.qenex.web.ledger;

import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.ledger.BatchItem.Malformed;
import ai.qenex.web.ledger.BatchItem.Ready;
import ai.qenex.web.ledger.BatchItem.Unresolved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Brings the items of a batch before the ledger and tells what became of each, in their order. */
final class BatchPosting {

  /** Characters of a path or a detail in the result of a malformed line. */
  private static final int MAX_TOLD = 160;

  private final Ledger ledger;
  private final LedgerHistory history;

  BatchPosting(Ledger ledger, LedgerHistory history) {
    this.ledger = ledger;
    this.history = history;
  }

  /** Each for itself. @param items at most {@link Ledger#MAX_BATCH} */
  List<BatchResult> postEach(List<BatchItem> items) {
    List<PostTransfers> instructions = new ArrayList<>(items.size());
    for (BatchItem item : items) {
      if (item instanceof Ready ready) {
        instructions.add(PostTransfers.of(ready.order()));
      }
    }
    return results(items, instructions.isEmpty() ? List.of() : ledger.submitAll(instructions));
  }

  /** @param given one outcome per item that is ready */
  static List<BatchResult> results(List<BatchItem> items, List<Outcome> given) {
    Iterator<Outcome> outcomes = given.iterator();
    List<BatchResult> results = new ArrayList<>(items.size());
    for (BatchItem item : items) {
      results.add(item instanceof Ready ready ? resultOf(ready.order().id(), outcomes.next()) : notAsked(item));
    }
    return results;
  }

  /** The ledger's own fault behind what its bean threw; empty for any other. */
  static Optional<QenexException> overloadIn(RuntimeException fault) {
    Throwable cause = fault.getCause() instanceof QenexException wrapped ? wrapped : fault;
    return cause instanceof QenexException known ? Optional.of(known) : Optional.empty();
  }

  /** What to say of items when the ledger gave no answer; some of them may have been posted. */
  static List<BatchResult> unknown(List<BatchItem> items, QenexException fault) {
    List<BatchResult> results = new ArrayList<>(items.size());
    for (BatchItem item : items) {
      results.add(item instanceof Ready ready
          ? new BatchResult.Unknown(ready.order().id(), fault.code().name())
          : notAsked(item));
    }
    return results;
  }

  /** All or none. @param items 1 to {@link PostTransfers#MAX_LINES} with different ids, none of them malformed */
  List<BatchResult> postAll(List<BatchItem> items) {
    List<TransferOrder> orders = new ArrayList<>(items.size());
    for (BatchItem item : items) {
      if (item instanceof Ready ready) {
        orders.add(ready.order());
      }
    }
    if (orders.size() < items.size()) {
      return items.stream().map(item -> item instanceof Ready ready
          ? new BatchResult.Refused(ready.order().id(), Clause.LINKED_TRANSFER_REFUSED.name()) : notAsked(item))
          .toList();
    }
    Outcome outcome = ledger.submit(new PostTransfers(orders));
    if (outcome instanceof Outcome.Accepted accepted) {
      return accepted.entries().stream().<BatchResult>map(entry -> new BatchResult.Posted(entry.id(), entry.seq()))
          .toList();
    }
    return refusedGroup(orders, ((Outcome.Refused) outcome).refusal().clause());
  }

  /**
   * The log knows which line was refused for itself and which only with it; a refusal that is never recorded is
   * everyone's.
   */
  private List<BatchResult> refusedGroup(List<TransferOrder> orders, Clause clause) {
    Map<UUID, String> codes = new HashMap<>();
    if (clause != Clause.IDEMPOTENCY_KEY_REUSED && clause != Clause.ID_FROM_THE_FUTURE) {
      for (LedgerEntry entry : history.findAll(orders.stream().map(TransferOrder::id).toList())) {
        if (entry instanceof InstructionRefused refused) {
          codes.put(refused.id(), refused.refusal().clause().name());
        }
      }
    }
    return orders.stream()
        .<BatchResult>map(order -> new BatchResult.Refused(order.id(), codes.getOrDefault(order.id(), clause.name())))
        .toList();
  }

  private static BatchResult resultOf(UUID id, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      return new BatchResult.Posted(id, accepted.entries().get(0).seq());
    }
    return new BatchResult.Refused(id, ((Outcome.Refused) outcome).refusal().clause().name());
  }

  private static BatchResult notAsked(BatchItem item) {
    if (item instanceof Unresolved unresolved) {
      return new BatchResult.Refused(unresolved.id(), unresolved.code());
    }
    var problem = ((Malformed) item).problem();
    return new BatchResult.Malformed(problem.code(),
        shortened(problem.figures().getOrDefault("path", "").toString()), shortened(problem.detail()));
  }

  /** A path may hold names as long as the line. */
  private static String shortened(String text) {
    return text.length() <= MAX_TOLD ? text : text.substring(0, MAX_TOLD) + '\u2026';
  }
}
