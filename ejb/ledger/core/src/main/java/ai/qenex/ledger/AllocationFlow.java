package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reckoning of one allocation: what was drawn from whom, who is served with it, and which legs that makes. */
final class AllocationFlow {

  /** The largest amount there is, which stands for all that a source has. */
  static final BigInteger LARGEST = BigInteger.TEN.pow(Amount.MAX_DIGITS).subtract(BigInteger.ONE);

  private final LedgerView view;
  private final Asset asset;
  private final Map<AccountNumber, BigInteger> drawnBy = new HashMap<>();
  private final List<Piece> drawn = new ArrayList<>();
  private final List<Piece> served = new ArrayList<>();
  private BigInteger total = BigInteger.ZERO;

  /** @param account empty: nobody, what is kept */
  private record Piece(Optional<AccountNumber> account, BigInteger amount) {}

  /** One transfer to make. */
  record Leg(AccountNumber debit, AccountNumber credit, BigInteger amount) {}

  AllocationFlow(LedgerView view, Asset asset) {
    this.view = view;
    this.asset = asset;
  }

  BigInteger drawn() {
    return total;
  }

  /**
   * Draws up to the amount from a source.
   *
   * @param path of the source in the tree, for the figures
   * @return why it cannot be, empty otherwise, be it that less was drawn
   */
  Optional<Refusal> draw(Source source, BigInteger wanted, String path) {
    if (wanted.signum() == 0) {
      return Optional.empty();
    }
    if (source instanceof Source.FromAccount from) {
      return draw(from, wanted, path);
    }
    if (source instanceof Source.AtMost capped) {
      return draw(capped.source(), wanted.min(capped.max().toBigInteger()), path + "/source");
    }
    if (source instanceof Source.InShares shares) {
      return draw(shares, wanted, path + "/shares");
    }
    List<Source> sources = ((Source.InOrder) source).sources();
    BigInteger before = drawn();
    for (int i = 0; i < sources.size(); i++) {
      BigInteger missing = wanted.subtract(drawn().subtract(before));
      Optional<Refusal> refusal = draw(sources.get(i), missing, path + "/inOrder/" + i);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> draw(Source.InShares source, BigInteger wanted, String path) {
    List<Share<Source>> shares = source.shares();
    List<BigInteger> parts = Apportionment.split(wanted, Share.portions(shares));
    for (int i = 0; i < parts.size(); i++) {
      BigInteger before = drawn();
      Optional<Refusal> refusal = draw(shares.get(i).party(), parts.get(i), path + "/" + i + "/source");
      BigInteger funded = drawn().subtract(before);
      if (refusal.isPresent() || funded.compareTo(parts.get(i)) < 0) {
        return refusal.isPresent() ? refusal
            : Optional.of(insufficient(path + "/" + i, asset, parts.get(i), funded));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> draw(Source.FromAccount from, BigInteger wanted, String path) {
    Optional<Account> known = view.account(from.account());
    if (known.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, "account", from.account().toString(), "source", path);
    }
    Account account = known.get();
    if (!account.asset().equals(asset)) {
      return no(Clause.ASSET_MISMATCH, "asset", asset.code(), "debitAsset", account.asset().code(), "source", path);
    }
    BigInteger before = drawnBy.getOrDefault(from.account(), BigInteger.ZERO);
    BigInteger room = room(account, from.overdraft()).subtract(before).max(BigInteger.ZERO).min(LARGEST);
    BigInteger taken = room.min(wanted);
    if (taken.signum() > 0) {
      drawnBy.put(from.account(), before.add(taken));
      drawn.add(new Piece(Optional.of(from.account()), taken));
      total = total.add(taken);
    }
    return Optional.empty();
  }

  /** What the account gives before anything was drawn. */
  private BigInteger room(Account account, Overdraft allowed) {
    Optional<BigInteger> limit = account.overdraftLimit().map(Amount::toBigInteger);
    Optional<BigInteger> upTo = allowed.upTo().map(Amount::toBigInteger);
    if (limit.isEmpty() && upTo.isEmpty()) {
      return LARGEST.multiply(BigInteger.TWO);
    }
    BigInteger overdraft = limit.isEmpty() ? upTo.get() : upTo.isEmpty() ? limit.get() : limit.get().min(upTo.get());
    return free(view, account).add(overdraft);
  }

  /** Booked less held, in minor units. */
  static BigInteger free(LedgerView view, Account account) {
    return view.booked(account.number()).toBigInteger().subtract(view.held(account.number()).toBigInteger());
  }

  /** Serves a destination with an amount, all of which it takes. */
  void serve(Destination destination, BigInteger amount) {
    if (amount.signum() == 0) {
      return;
    }
    if (destination instanceof Destination.ToAccount to) {
      served.add(new Piece(Optional.of(to.account()), amount));
    } else if (destination instanceof Destination.Kept) {
      served.add(new Piece(Optional.empty(), amount));
    } else if (destination instanceof Destination.AtMost capped) {
      serve(capped.destination(), amount);
    } else if (destination instanceof Destination.InOrder order) {
      BigInteger left = amount;
      for (Destination next : order.destinations()) {
        BigInteger taken = next instanceof Destination.AtMost capped ? left.min(capped.max().toBigInteger()) : left;
        serve(next, taken);
        left = left.subtract(taken);
      }
    } else {
      List<Share<Destination>> shares = ((Destination.InShares) destination).shares();
      List<BigInteger> parts = Apportionment.split(amount, Share.portions(shares));
      for (int i = 0; i < parts.size(); i++) {
        serve(shares.get(i).party(), parts.get(i));
      }
    }
  }

  /** Lays what was drawn beside what is served; each stretch that is the same on both sides is a leg. */
  List<Leg> legs() {
    var legs = new ArrayList<Leg>();
    int from = 0;
    BigInteger left = from < drawn.size() ? drawn.get(from).amount() : BigInteger.ZERO;
    for (Piece piece : served) {
      BigInteger missing = piece.amount();
      while (missing.signum() > 0) {
        BigInteger moved = left.min(missing);
        if (piece.account().isPresent()) {
          add(legs, new Leg(drawn.get(from).account().orElseThrow(), piece.account().get(), moved));
        }
        missing = missing.subtract(moved);
        left = left.subtract(moved);
        if (left.signum() == 0 && ++from < drawn.size()) {
          left = drawn.get(from).amount();
        }
      }
    }
    return legs;
  }

  private static void add(List<Leg> legs, Leg leg) {
    Leg last = legs.isEmpty() ? null : legs.get(legs.size() - 1);
    if (last != null && last.debit().equals(leg.debit()) && last.credit().equals(leg.credit())) {
      legs.set(legs.size() - 1, new Leg(leg.debit(), leg.credit(), last.amount().add(leg.amount())));
    } else {
      legs.add(leg);
    }
  }

  static Refusal insufficient(String path, Asset asset, BigInteger requested, BigInteger funded) {
    var figures = new LinkedHashMap<String, String>();
    figures.put("source", "/source" + path);
    figures.put("requested", new Money(Amount.of(requested), asset).toDecimalString());
    figures.put("funded", new Money(Amount.of(funded), asset).toDecimalString());
    return new Refusal(Clause.INSUFFICIENT_FUNDS, figures);
  }

  private static Optional<Refusal> no(Clause clause, String... namesAndValues) {
    var figures = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String value = namesAndValues[i + 1];
      figures.put(namesAndValues[i], namesAndValues[i].equals("source") ? "/source" + value : value);
    }
    return Optional.of(new Refusal(clause, figures));
  }
}
