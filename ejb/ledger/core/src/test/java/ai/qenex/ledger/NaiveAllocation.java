package ai.qenex.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slow obvious oracle of an allocation: it moves one minor unit after the other. Only for small amounts. */
final class NaiveAllocation {

  static final long KEPT = -1;
  /** Enough decimals to tell any two remainders of the tests apart; equal remainders stay equal. */
  private static final int DECIMALS = 100;

  private final Map<Long, Integer> rooms;
  private boolean isShort;

  /** @param balances of accounts in minor units; the oracle knows no overdraft beyond what the source says */
  NaiveAllocation(Map<Long, Integer> balances) {
    this.rooms = new HashMap<>(balances);
  }

  /** The transfers as "debit credit units", or empty if it must be refused. */
  List<String> transfers(int wanted, Source source, Destination destination) {
    List<Long> givers = give(source, wanted);
    if (isShort || givers.size() < wanted) {
      return List.of();
    }
    List<Long> takers = take(destination, wanted);
    var transfers = new ArrayList<String>();
    String pair = "";
    int units = 0;
    for (int unit = 0; unit <= wanted; unit++) {
      boolean isKept = unit < wanted && takers.get(unit) == KEPT;
      String next = unit == wanted ? "" : givers.get(unit) + " " + takers.get(unit);
      if (isKept) {
        continue;
      }
      if (!next.equals(pair)) {
        if (units > 0) {
          transfers.add(pair + " " + units);
        }
        pair = next;
        units = 0;
      }
      units++;
    }
    return transfers;
  }

  private List<Long> give(Source source, int wanted) {
    var units = new ArrayList<Long>();
    if (source instanceof Source.FromAccount from) {
      long account = from.account().value();
      int overdraft = (int) from.overdraft().upTo().orElseThrow().toLong();
      while (units.size() < wanted && rooms.get(account) + overdraft > 0) {
        rooms.merge(account, -1, Integer::sum);
        units.add(account);
      }
    } else if (source instanceof Source.AtMost capped) {
      units.addAll(give(capped.source(), (int) Math.min(wanted, capped.max().toLong())));
    } else if (source instanceof Source.InOrder order) {
      order.sources().forEach(part -> units.addAll(give(part, wanted - units.size())));
    } else {
      List<Share<Source>> shares = ((Source.InShares) source).shares();
      List<Integer> parts = split(wanted, Share.portions(shares));
      for (int i = 0; i < parts.size(); i++) {
        List<Long> given = give(shares.get(i).party(), parts.get(i));
        isShort |= given.size() < parts.get(i);
        units.addAll(given);
      }
    }
    return units;
  }

  private List<Long> take(Destination destination, int amount) {
    var units = new ArrayList<Long>();
    if (destination instanceof Destination.ToAccount to) {
      units.addAll(Collections.nCopies(amount, to.account().value()));
    } else if (destination instanceof Destination.Kept) {
      units.addAll(Collections.nCopies(amount, KEPT));
    } else if (destination instanceof Destination.AtMost capped) {
      units.addAll(take(capped.destination(), (int) Math.min(amount, capped.max().toLong())));
    } else if (destination instanceof Destination.InOrder order) {
      order.destinations().forEach(part -> units.addAll(take(part, amount - units.size())));
    } else {
      List<Share<Destination>> shares = ((Destination.InShares) destination).shares();
      List<Integer> parts = split(amount, Share.portions(shares));
      for (int i = 0; i < parts.size(); i++) {
        units.addAll(take(shares.get(i).party(), parts.get(i)));
      }
    }
    return units;
  }

  /** Gives what is left, unit by unit, to whoever is furthest below his exact part. */
  private static List<Integer> split(int whole, List<Portion> portions) {
    var parts = new ArrayList<Integer>();
    var exact = new ArrayList<BigDecimal>();
    int left = whole;
    for (Portion portion : portions) {
      BigInteger over = portion.numerator().multiply(BigInteger.valueOf(whole));
      exact.add(new BigDecimal(over).divide(new BigDecimal(portion.denominator()), DECIMALS, RoundingMode.DOWN));
      parts.add(over.divide(portion.denominator()).intValueExact());
      left -= parts.get(parts.size() - 1);
    }
    for (; left > 0; left--) {
      int furthest = 0;
      for (int i = 1; i < parts.size(); i++) {
        if (lack(exact, parts, i).compareTo(lack(exact, parts, furthest)) > 0) {
          furthest = i;
        }
      }
      parts.set(furthest, parts.get(furthest) + 1);
    }
    return parts;
  }

  private static BigDecimal lack(List<BigDecimal> exact, List<Integer> parts, int i) {
    return exact.get(i).subtract(BigDecimal.valueOf(parts.get(i)));
  }
}
