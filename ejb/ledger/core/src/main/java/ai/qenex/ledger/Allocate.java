package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves one amount from several sources to several destinations as one: all of its transfers or none.
 *
 * <p>
 * First the source tree is drawn from, then the destination tree is served, both in their order; what was drawn first
 * goes to whom was served first. Each stretch that is the same on both sides is one transfer; neighbours between the
 * same two accounts are one. What a source gives is reckoned with the balances before the allocation: what it brings in
 * itself is not taken out again. The parts are exact to the last minor unit (invariant {@code ALLOCATION-1}).
 *
 * <p>
 * Refusals: {@link Clause#INSUFFICIENT_FUNDS}, {@link Clause#NOTHING_TO_MOVE}, {@link Clause#ACCOUNT_NOT_FOUND},
 * {@link Clause#ASSET_MISMATCH}, and those of its transfers; {@link Clause#SAME_ACCOUNT} if an account would pay
 * itself.
 *
 * @param id idempotency id, and that of the first transfer
 * @param amount in minor units above zero; empty: all that the sources give
 * @param reference of every transfer, see {@link TransferOrder}
 * @param valueDate of every transfer; empty: the business date
 */
public record Allocate(
    UUID id, Asset asset, Optional<Amount> amount, Source source, Destination destination, Optional<String> reference,
    Optional<LocalDate> valueDate) implements Instruction {

  /** The most accounts, kept parts included, that sources and destinations may name, each. */
  public static final int MAX_PARTIES = 100;
  /** The deepest nesting of sources and of destinations. */
  public static final int MAX_DEPTH = 8;

  public Allocate {
    amount.ifPresent(Allocate::requirePositive);
    reference.ifPresent(text -> Texts.requireStorable(text, TransferOrder.MAX_REFERENCE, "a reference"));
    valueDate.ifPresent(date -> TransferOrder.requireStorable(Optional.empty(), date));
    if (!destination.takesAll()) {
      throw new IllegalArgumentException("the destination takes all that is moved");
    }
    requireSmall(partiesOf(source, 1));
    requireSmall(partiesOf(destination, 1));
    if (amount.isEmpty()) {
      requireEnd(source);
    }
  }

  private static void requireSmall(int parties) {
    if (parties > MAX_PARTIES) {
      throw new IllegalArgumentException("an allocation has at most " + MAX_PARTIES + " sources and destinations each");
    }
  }

  static void requirePositive(Amount amount) {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("an amount is more than zero");
    }
  }

  static void requireParts(List<?> parts) {
    if (parts.isEmpty() || parts.size() > MAX_PARTIES) {
      throw new IllegalArgumentException("1 to " + MAX_PARTIES + " parts");
    }
  }

  private static int partiesOf(Source source, int depth) {
    requireShallow(depth);
    if (source instanceof Source.AtMost capped) {
      return partiesOf(capped.source(), depth + 1);
    }
    if (source instanceof Source.InOrder order) {
      return order.sources().stream().mapToInt(part -> partiesOf(part, depth + 1)).sum();
    }
    return source instanceof Source.InShares shares
        ? shares.shares().stream().mapToInt(share -> partiesOf(share.party(), depth + 1)).sum() : 1;
  }

  private static int partiesOf(Destination destination, int depth) {
    requireShallow(depth);
    if (destination instanceof Destination.AtMost capped) {
      return partiesOf(capped.destination(), depth + 1);
    }
    if (destination instanceof Destination.InOrder order) {
      return order.destinations().stream().mapToInt(part -> partiesOf(part, depth + 1)).sum();
    }
    return destination instanceof Destination.InShares shares
        ? shares.shares().stream().mapToInt(share -> partiesOf(share.party(), depth + 1)).sum() : 1;
  }

  private static void requireShallow(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("an allocation is nested at most " + MAX_DEPTH + " deep");
    }
  }

  /** All that there is must be an amount: no shares of it, and no account without a floor. */
  private static void requireEnd(Source source) {
    if (source instanceof Source.InShares
        || source instanceof Source.FromAccount from && from.overdraft().upTo().isEmpty()) {
      throw new IllegalArgumentException(
          "shares and the overdraft as granted have an end only below a maximum or for a given amount");
    }
    if (source instanceof Source.InOrder order) {
      order.sources().forEach(Allocate::requireEnd);
    }
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  /** Two walks side by side change partner at most so often. */
  @Override
  public List<UUID> legIds() {
    int legs = partiesOf(source, 1) + partiesOf(destination, 1) - 2;
    return legIds(id, legs);
  }

  /** Ids of so many legs of an instruction behind its first. They are in the log: they never change. */
  static List<UUID> legIds(UUID id, int legs) {
    var ids = new ArrayList<UUID>(legs);
    for (int leg = 1; leg <= legs; leg++) {
      ids.add(UuidV7.derived(id, "leg " + leg));
    }
    return ids;
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("allocate").add(asset.code()).add(asset.scale());
    amount.ifPresent(print.add("amount")::add);
    add(source, print.add("from"));
    add(destination, print.add("to"));
    reference.ifPresent(print.add("reference")::add);
    valueDate.ifPresent(date -> print.add("value").add(date.toEpochDay()));
    return index == 0 ? print.hash() : print.add("leg").add(index).hash();
  }

  private static void add(Source source, Fingerprint print) {
    if (source instanceof Source.FromAccount from) {
      print.add("account").add(from.account().value());
      from.overdraft().upTo().ifPresent(print.add("overdraft")::add);
    } else if (source instanceof Source.AtMost capped) {
      add(capped.source(), print.add("max").add(capped.max()));
    } else if (source instanceof Source.InOrder order) {
      print.add("order").add(order.sources().size());
      order.sources().forEach(part -> add(part, print));
    } else {
      List<Share<Source>> shares = ((Source.InShares) source).shares();
      print.add("shares").add(shares.size());
      shares.forEach(share -> add(share.party(), add(share.portion(), print)));
    }
  }

  private static void add(Destination destination, Fingerprint print) {
    if (destination instanceof Destination.ToAccount to) {
      print.add("account").add(to.account().value());
    } else if (destination instanceof Destination.Kept) {
      print.add("kept");
    } else if (destination instanceof Destination.AtMost capped) {
      add(capped.destination(), print.add("max").add(capped.max()));
    } else if (destination instanceof Destination.InOrder order) {
      print.add("order").add(order.destinations().size());
      order.destinations().forEach(part -> add(part, print));
    } else {
      List<Share<Destination>> shares = ((Destination.InShares) destination).shares();
      print.add("shares").add(shares.size());
      shares.forEach(share -> add(share.party(), add(share.portion(), print)));
    }
  }

  private static Fingerprint add(Optional<Portion> portion, Fingerprint print) {
    return print.add(portion.map(Portion::toString).orElse("remaining"));
  }

  @Override
  public Decision decide(LedgerView view) {
    BigInteger wanted = amount.map(Amount::toBigInteger).orElse(AllocationFlow.LARGEST);
    var flow = new AllocationFlow(view, asset);
    Optional<Refusal> refusal = flow.draw(source, wanted, "");
    if (refusal.isPresent()) {
      return new Decision.Reject(0, refusal.get());
    }
    BigInteger drawn = flow.drawn();
    if (amount.isPresent() && drawn.compareTo(wanted) < 0) {
      return new Decision.Reject(0, AllocationFlow.insufficient("", asset, wanted, drawn));
    }
    flow.serve(destination, drawn);
    List<TransferOrder> orders = orders(flow.legs());
    return orders.isEmpty() ? nothing() : refusingItsOnlyLine(new PostTransfers(orders).decide(view));
  }

  private Decision nothing() {
    var figures = new LinkedHashMap<String, String>();
    figures.put("asset", asset.code());
    return new Decision.Reject(0, new Refusal(Clause.NOTHING_TO_MOVE, figures));
  }

  /** Which of the transfers was refused has no id yet; the accounts in the figures tell. */
  static Decision refusingItsOnlyLine(Decision decision) {
    return decision instanceof Decision.Reject reject ? new Decision.Reject(0, reject.refusal()) : decision;
  }

  private List<TransferOrder> orders(List<AllocationFlow.Leg> legs) {
    List<UUID> legIds = legIds(id, Math.max(0, legs.size() - 1));
    var orders = new ArrayList<TransferOrder>(legs.size());
    for (AllocationFlow.Leg leg : legs) {
      UUID legId = orders.isEmpty() ? id : legIds.get(orders.size() - 1);
      orders.add(new TransferOrder(legId, leg.debit(), leg.credit(), new Money(Amount.of(leg.amount()), asset),
          reference, valueDate, Optional.empty()));
    }
    return orders;
  }
}
