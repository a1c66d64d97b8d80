package ai.qenex.ledger.engine;

import ai.qenex.ledger.Clause;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The slow obvious oracle: a map of balances, a map of limits, a map of states, and copies of all of them to go back
 * to.
 */
final class NaiveLedger {

  static final BigInteger LIMIT = BigInteger.TEN.pow(38);

  record Move(long debit, long credit, BigInteger amount) {}

  Map<Long, BigInteger> balances = new HashMap<>();
  /** Absent: no floor. */
  Map<Long, BigInteger> limits = new HashMap<>();
  Map<Long, String> states = new HashMap<>();

  NaiveLedger copy() {
    var copy = new NaiveLedger();
    copy.balances = new HashMap<>(balances);
    copy.limits = new HashMap<>(limits);
    copy.states = new HashMap<>(states);
    return copy;
  }

  void open(long account, Optional<BigInteger> limit) {
    balances.put(account, BigInteger.ZERO);
    limit.ifPresent(value -> limits.put(account, value));
    states.put(account, "open");
  }

  /** Empty if posted: then all moves were, otherwise none. */
  Optional<Clause> post(List<Move> moves) {
    var before = new HashMap<>(balances);
    for (Move move : moves) {
      Optional<Clause> no = post(move);
      if (no.isPresent()) {
        balances = before;
        return no;
      }
    }
    return Optional.empty();
  }

  private Optional<Clause> post(Move move) {
    if (move.debit == move.credit) {
      return Optional.of(Clause.SAME_ACCOUNT);
    }
    if (!balances.containsKey(move.debit) || !balances.containsKey(move.credit)) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    for (long account : List.of(move.debit, move.credit)) {
      if (!states.get(account).equals("open")) {
        return Optional.of(states.get(account).equals("frozen") ? Clause.ACCOUNT_FROZEN : Clause.ACCOUNT_CLOSED);
      }
    }
    BigInteger debit = balances.get(move.debit).subtract(move.amount);
    BigInteger credit = balances.get(move.credit).add(move.amount);
    if (debit.abs().compareTo(LIMIT) >= 0 || credit.abs().compareTo(LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    }
    if (limits.containsKey(move.debit) && debit.add(limits.get(move.debit)).signum() < 0) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    balances.put(move.debit, debit);
    balances.put(move.credit, credit);
    return Optional.empty();
  }

  Optional<Clause> freeze(long account) {
    return turn(account, "open", "frozen");
  }

  Optional<Clause> unfreeze(long account) {
    return turn(account, "frozen", "open");
  }

  Optional<Clause> close(long account) {
    if (balances.containsKey(account) && states.get(account).equals("open") && balances.get(account).signum() != 0) {
      return Optional.of(Clause.ACCOUNT_NOT_EMPTY);
    }
    return turn(account, "open", "closed");
  }

  Optional<Clause> limit(long account, BigInteger limit) {
    if (!balances.containsKey(account)) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    if (states.get(account).equals("closed")) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    if (!limits.containsKey(account)) {
      return Optional.of(Clause.LIMIT_NOT_APPLICABLE);
    }
    if (balances.get(account).add(limit).signum() < 0) {
      return Optional.of(Clause.BALANCE_BELOW_NEW_LIMIT);
    }
    limits.put(account, limit);
    return Optional.empty();
  }

  private Optional<Clause> turn(long account, String from, String to) {
    if (!balances.containsKey(account)) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    if (!states.get(account).equals(from)) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    states.put(account, to);
    return Optional.empty();
  }
}
