package ai.qenex.ledger.engine;

import ai.qenex.ledger.Clause;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
  NaiveHolds holds = new NaiveHolds(this);

  NaiveLedger copy() {
    var copy = new NaiveLedger();
    copy.balances = new HashMap<>(balances);
    copy.limits = new HashMap<>(limits);
    copy.states = new HashMap<>(states);
    copy.holds = holds.copy(copy);
    return copy;
  }

  void open(long account, Optional<BigInteger> limit) {
    balances.put(account, BigInteger.ZERO);
    limit.ifPresent(value -> limits.put(account, value));
    states.put(account, "open");
  }

  /** Empty if posted: then all moves were, otherwise none. */
  Optional<Clause> post(List<Move> moves) {
    return post(null, moves);
  }

  /** @param id of the first move, if anybody will refer to it */
  Optional<Clause> post(UUID id, List<Move> moves) {
    var before = new HashMap<>(balances);
    for (Move move : moves) {
      Optional<Clause> no = post(move);
      if (no.isPresent()) {
        balances = before;
        return no;
      }
    }
    if (id != null) {
      holds.posted(id, moves.get(0));
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
    Optional<Clause> ofStates = refusesDebit(move.debit).or(() -> refusesCredit(move.credit));
    if (ofStates.isPresent()) {
      return ofStates;
    }
    BigInteger debit = balances.get(move.debit).subtract(move.amount);
    BigInteger credit = balances.get(move.credit).add(move.amount);
    if (debit.abs().compareTo(LIMIT) >= 0 || credit.abs().compareTo(LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    }
    if (isBelowFloor(move.debit, debit, holds.heldOf(move.debit))) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    balances.put(move.debit, debit);
    balances.put(move.credit, credit);
    return Optional.empty();
  }

  boolean isBelowFloor(long account, BigInteger booked, BigInteger held) {
    return limits.containsKey(account) && booked.subtract(held).add(limits.get(account)).signum() < 0;
  }

  Optional<Clause> refusesDebit(long account) {
    return refuses(account, List.of("open", "credits frozen"));
  }

  Optional<Clause> refusesCredit(long account) {
    return refuses(account, List.of("open", "debits frozen", "dormant"));
  }

  private Optional<Clause> refuses(long account, List<String> unless) {
    String state = states.get(account);
    if (unless.contains(state)) {
      return Optional.empty();
    }
    return Optional.of(state.equals("closed") ? Clause.ACCOUNT_CLOSED
        : state.equals("dormant") ? Clause.ACCOUNT_DORMANT : Clause.ACCOUNT_FROZEN);
  }

  Optional<Clause> freeze(long account, String side) {
    String now = states.get(account);
    if (now != null && (now.equals(side) || now.equals("frozen") || now.equals("closed"))) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    boolean isHalf = now != null && now.endsWith(" frozen");
    return turn(account, List.of("open", "dormant", "debits frozen", "credits frozen"), isHalf ? "frozen" : side);
  }

  Optional<Clause> unfreeze(long account) {
    return turn(account, List.of("frozen", "debits frozen", "credits frozen"), "open");
  }

  Optional<Clause> rest(long account) {
    return turn(account, List.of("open"), "dormant");
  }

  Optional<Clause> reactivate(long account) {
    return turn(account, List.of("dormant"), "open");
  }

  Optional<Clause> close(long account) {
    List<String> from = List.of("open", "dormant");
    if (balances.containsKey(account) && from.contains(states.get(account))) {
      if (balances.get(account).signum() != 0) {
        return Optional.of(Clause.ACCOUNT_NOT_EMPTY);
      }
      if (holds.heldOf(account).signum() != 0) {
        return Optional.of(Clause.ACCOUNT_HAS_HOLDS);
      }
    }
    return turn(account, from, "closed");
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
    if (balances.get(account).subtract(holds.heldOf(account)).add(limit).signum() < 0) {
      return Optional.of(Clause.BALANCE_BELOW_NEW_LIMIT);
    }
    limits.put(account, limit);
    return Optional.empty();
  }

  private Optional<Clause> turn(long account, List<String> from, String to) {
    if (!balances.containsKey(account)) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    if (!from.contains(states.get(account))) {
      return Optional.of(Clause.ACCOUNT_STATE_FORBIDS);
    }
    states.put(account, to);
    return Optional.empty();
  }
}
