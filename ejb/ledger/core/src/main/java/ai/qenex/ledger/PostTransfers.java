package ai.qenex.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Posts transfers as one: all or none. Each is judged after those before it, so that one may pay out what an earlier
 * one brought in.
 *
 * @param orders 1 to {@value Instruction#MAX_LINES}, with different ids
 */
public record PostTransfers(List<TransferOrder> orders) implements Instruction {

  public PostTransfers {
    orders = List.copyOf(orders);
    if (orders.isEmpty() || orders.size() > MAX_LINES) {
      throw new IllegalArgumentException("1 to " + MAX_LINES + " transfers are posted as one");
    }
    if (orders.size() > 1) {
      var seen = new HashSet<UUID>();
      for (TransferOrder order : orders) {
        if (!seen.add(order.id())) {
          throw new IllegalArgumentException("two transfers have the id " + order.id());
        }
      }
    }
  }

  public static PostTransfers of(TransferOrder order) {
    return new PostTransfers(List.of(order));
  }

  @Override
  public List<UUID> ids() {
    return orders.size() == 1 ? List.of(orders.get(0).id()) : orders.stream().map(TransferOrder::id).toList();
  }

  @Override
  public long fingerprint(int index) {
    return orders.get(index).fingerprint();
  }

  @Override
  public Decision decide(LedgerView view) {
    if (orders.size() == 1) {
      Optional<Refusal> refusal = TransferRules.refusalOf(orders.get(0), view);
      return refusal.isEmpty()
          ? new Decision.Accept(List.of(TransferRules.effectOf(orders.get(0), view, Optional.empty())))
          : new Decision.Reject(0, refusal.get());
    }
    var overlay = new BalanceOverlay(view);
    var effects = new ArrayList<Effect>(orders.size());
    for (int line = 0; line < orders.size(); line++) {
      Optional<Refusal> refusal = TransferRules.refusalOf(orders.get(line), overlay);
      if (refusal.isPresent()) {
        return new Decision.Reject(line, refusal.get());
      }
      Effect effect = TransferRules.effectOf(orders.get(line), view, Optional.empty());
      overlay.apply(orders.get(line).id(), effect);
      effects.add(effect);
    }
    return new Decision.Accept(effects);
  }
}
