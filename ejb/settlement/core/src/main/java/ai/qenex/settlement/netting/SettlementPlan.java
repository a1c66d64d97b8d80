package ai.qenex.settlement.netting;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.ClearingCycle.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How the net positions of a cycle are paid over the books of the bank that runs it.
 *
 * <p>
 * Each other bank's position is one transfer between its nostro account and the clearing account. The running bank's
 * own position needs none: its payments went through the clearing account during the day, so the others' transfers
 * bring that account's movement of the day to zero. All ids are derived from the cycle's id: the same cycle is always
 * settled by the same transfers and messages.
 *
 * @param legs per bank with a net position other than zero, sorted by BIC; the running bank's own has no transfer
 * @param orders who pays whom how much: one payment order per net payer, sorted by BIC
 */
public record SettlementPlan(List<Leg> legs, List<Order> orders) {

  public SettlementPlan {
    legs = List.copyOf(legs);
    orders = List.copyOf(orders);
  }

  /**
   * One bank's position.
   *
   * @param net below zero: the bank pays, its nostro account is debited and the clearing account credited; above: the
   * reverse
   * @param transferId empty for the running bank
   * @param messageId for a net payer
   */
  public record Leg(Bic bank, Money net, Optional<UUID> transferId, Optional<String> messageId) {

    public boolean pays() {
      return net.amount().isNegative();
    }
  }

  /** What a net payer is asked to pay: its payments add up to its net position. */
  public record Order(String messageId, Bic payer, List<Payment> payments) {

    public Order {
      payments = List.copyOf(payments);
    }
  }

  /**
   * One payment of an order.
   *
   * @param id at most 35 characters, unique
   * @param amount above zero
   */
  public record Payment(String id, Bic payee, Money amount) {}

  /** The name of the running bank's account that payments to and from other banks go through. */
  public static String clearingAlias(String asset) {
    return "clearing." + asset;
  }

  /** The name of another bank's settlement account with the running bank. */
  public static String nostroAlias(Bic bank, String asset) {
    return "nostro." + bank + "." + asset;
  }

  /** @param positions of one asset, sorted by BIC, summing to zero */
  public static SettlementPlan of(UUID cycle, Bic runningBank, List<Position> positions) {
    var legs = new ArrayList<Leg>();
    for (Position position : positions) {
      if (!position.net().amount().isZero()) {
        Optional<UUID> transfer = position.bank().equals(runningBank)
            ? Optional.empty()
            : Optional.of(UuidV7.derived(cycle, "settle." + position.bank()));
        Optional<String> message = position.net().amount().isNegative()
            ? Optional.of(text(UuidV7.derived(cycle, "pacs.009." + position.bank())))
            : Optional.empty();
        legs.add(new Leg(position.bank(), position.net(), transfer, message));
      }
    }
    return new SettlementPlan(legs, orders(cycle, legs));
  }

  /** Payers and payees are matched in the order of their BICs, so there are fewer payments than banks. */
  private static List<Order> orders(UUID cycle, List<Leg> legs) {
    Deque<Leg> payees = new ArrayDeque<>(legs.stream().filter(leg -> !leg.pays()).toList());
    Amount open = payees.isEmpty() ? Amount.ZERO : payees.peek().net().amount();
    var orders = new ArrayList<Order>();
    for (Leg payer : legs) {
      if (payer.pays()) {
        var payments = new ArrayList<Payment>();
        Amount due = payer.net().amount().negated();
        while (due.isPositive()) {
          Leg payee = payees.element();
          Amount paid = due.compareTo(open) < 0 ? due : open;
          String id = text(UuidV7.derived(cycle, "pay." + payer.bank() + "." + payee.bank()));
          payments.add(new Payment(id, payee.bank(), new Money(paid, payee.net().asset())));
          due = due.minus(paid);
          open = open.minus(paid);
          if (open.isZero()) {
            payees.remove();
            open = payees.isEmpty() ? Amount.ZERO : payees.peek().net().amount();
          }
        }
        orders.add(new Order(payer.messageId().orElseThrow(), payer.bank(), payments));
      }
    }
    return orders;
  }

  /** 32 hex digits: a hyphenated UUID is one character too long for ISO 20022's Max35Text. */
  private static String text(UUID id) {
    return id.toString().replace("-", "");
  }
}
