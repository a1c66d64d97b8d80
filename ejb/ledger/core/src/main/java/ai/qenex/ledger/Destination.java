package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.List;

/** Where an allocation gives to. */
public sealed interface Destination {

  /** Whether it takes whatever it is given. */
  boolean takesAll();

  /** The account takes all. */
  record ToAccount(AccountNumber account) implements Destination {
    @Override
    public boolean takesAll() {
      return true;
    }
  }

  /** What comes here stays where it is. */
  record Kept() implements Destination {
    @Override
    public boolean takesAll() {
      return true;
    }
  }

  /** The destination takes at most {@code max}, in minor units above zero; the rest goes on to the next one. */
  record AtMost(Amount max, Destination destination) implements Destination {

    public AtMost {
      Allocate.requirePositive(max);
    }

    @Override
    public boolean takesAll() {
      return false;
    }
  }

  /**
   * The first destination takes what it may, the next one what then remains, and so on.
   *
   * @param destinations the last one takes all that remains, and none before it does
   */
  record InOrder(List<Destination> destinations) implements Destination {

    public InOrder {
      destinations = List.copyOf(destinations);
      Allocate.requireParts(destinations);
      for (int i = 0; i < destinations.size(); i++) {
        boolean isLast = i == destinations.size() - 1;
        if (destinations.get(i).takesAll() != isLast) {
          throw new IllegalArgumentException(
              isLast ? "the last destination takes all that remains" : "nothing remains behind one that takes all");
        }
      }
    }

    @Override
    public boolean takesAll() {
      return true;
    }
  }

  /**
   * Each destination takes its share; see {@link Apportionment} for the last units.
   *
   * @param shares of destinations that take all
   */
  record InShares(List<Share<Destination>> shares) implements Destination {

    public InShares {
      shares = List.copyOf(shares);
      Allocate.requireParts(shares);
      Share.portions(shares);
      if (!shares.stream().allMatch(share -> share.party().takesAll())) {
        throw new IllegalArgumentException("who has a share takes all of it");
      }
    }

    @Override
    public boolean takesAll() {
      return true;
    }
  }
}
