package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.List;

/** Where an allocation takes from. */
public sealed interface Source {

  /** The account gives what it has: booked less held, and as much overdraft as is allowed here. */
  record FromAccount(AccountNumber account, Overdraft overdraft) implements Source {}

  /** The source gives at most {@code max}, in minor units above zero. */
  record AtMost(Amount max, Source source) implements Source {

    public AtMost {
      Allocate.requirePositive(max);
    }
  }

  /** The first source gives what it can, the next one what is then missing, and so on. */
  record InOrder(List<Source> sources) implements Source {

    public InOrder {
      sources = List.copyOf(sources);
      Allocate.requireParts(sources);
    }
  }

  /** Each source gives its exact share of what is asked, or all is refused. */
  record InShares(List<Share<Source>> shares) implements Source {

    public InShares {
      shares = List.copyOf(shares);
      Allocate.requireParts(shares);
      Share.portions(shares);
    }
  }
}
