package ai.qenex.ledger.engine;

import ai.qenex.ledger.Clause;
import ai.qenex.ledger.engine.NaiveLedger.Move;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The oracle's holds and reversals: maps by id, beside the balances of a {@link NaiveLedger}. */
final class NaiveHolds {

  record Hold(long account, BigInteger held, Optional<Long> beneficiary, Instant expires) {

    Hold leaving(BigInteger rest) {
      return new Hold(account, rest, beneficiary, expires);
    }
  }

  record Capture(UUID id, UUID hold, Optional<BigInteger> amount, Optional<Long> credit, boolean last) {}

  private final NaiveLedger ledger;
  final Map<UUID, Hold> holds;
  private final Map<UUID, Optional<Clause>> expiries;
  private final Map<UUID, Move> posted;
  private final Map<UUID, UUID> reversals;

  NaiveHolds(NaiveLedger ledger) {
    this(ledger, null);
  }

  private NaiveHolds(NaiveLedger ledger, NaiveHolds like) {
    this.ledger = ledger;
    holds = like == null ? new HashMap<>() : new HashMap<>(like.holds);
    expiries = like == null ? new HashMap<>() : new HashMap<>(like.expiries);
    posted = like == null ? new HashMap<>() : new HashMap<>(like.posted);
    reversals = like == null ? new HashMap<>() : new HashMap<>(like.reversals);
  }

  NaiveHolds copy(NaiveLedger of) {
    return new NaiveHolds(of, this);
  }

  BigInteger heldOf(long account) {
    return holds.values().stream().filter(hold -> hold.account == account).map(Hold::held)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  void posted(UUID id, Move move) {
    posted.put(id, move);
  }

  Optional<Clause> place(UUID id, Hold wanted, Instant now) {
    if (!ledger.balances.containsKey(wanted.account)) {
      return Optional.of(Clause.ACCOUNT_NOT_FOUND);
    }
    if (wanted.beneficiary.isPresent()) {
      long beneficiary = wanted.beneficiary.get();
      if (beneficiary == wanted.account) {
        return Optional.of(Clause.SAME_ACCOUNT);
      }
      if (!ledger.balances.containsKey(beneficiary)) {
        return Optional.of(Clause.ACCOUNT_NOT_FOUND);
      }
      if (ledger.states.get(beneficiary).equals("closed")) {
        return Optional.of(Clause.ACCOUNT_CLOSED);
      }
    }
    Optional<Clause> no = ledger.refusesDebit(wanted.account);
    if (no.isPresent()) {
      return no;
    }
    if (!wanted.expires.isAfter(now)) {
      return Optional.of(Clause.HOLD_EXPIRY_OUT_OF_RANGE);
    }
    BigInteger held = heldOf(wanted.account).add(wanted.held);
    if (held.compareTo(NaiveLedger.LIMIT) >= 0) {
      return Optional.of(Clause.BALANCE_OUT_OF_RANGE);
    }
    if (ledger.isBelowFloor(wanted.account, ledger.balances.get(wanted.account), held)) {
      return Optional.of(Clause.EXCEEDS_AVAILABLE_BALANCE);
    }
    holds.put(id, wanted);
    return Optional.empty();
  }

  Optional<Clause> capture(Capture wanted, Instant now) {
    Optional<Clause> no = refusalOf(wanted.hold);
    if (no.isPresent()) {
      return no;
    }
    Hold hold = holds.get(wanted.hold);
    if (!now.isBefore(hold.expires)) {
      return Optional.of(Clause.HOLD_EXPIRED);
    }
    if (wanted.credit.isPresent() && hold.beneficiary.isPresent() && !wanted.credit.equals(hold.beneficiary)) {
      return Optional.of(Clause.HOLD_BENEFICIARY_DIFFERS);
    }
    Optional<Long> payee = hold.beneficiary.or(() -> wanted.credit);
    if (payee.isEmpty()) {
      return Optional.of(Clause.HOLD_BENEFICIARY_MISSING);
    }
    BigInteger amount = wanted.amount.orElse(hold.held);
    if (amount.compareTo(hold.held) > 0) {
      return Optional.of(Clause.EXCEEDS_HOLD);
    }
    holds.put(wanted.hold, hold.leaving(wanted.last ? BigInteger.ZERO : hold.held.subtract(amount)));
    Optional<Clause> refused = ledger.post(wanted.id, List.of(new Move(hold.account, payee.get(), amount)));
    if (refused.isPresent()) {
      holds.put(wanted.hold, hold);
    }
    return refused;
  }

  Optional<Clause> release(UUID id) {
    Optional<Clause> no = refusalOf(id);
    if (no.isEmpty()) {
      holds.put(id, holds.get(id).leaving(BigInteger.ZERO));
    }
    return no;
  }

  /** Once refused or done, the same answer for ever: there is one id for it. */
  Optional<Clause> expire(UUID id, Instant now) {
    if (expiries.containsKey(id)) {
      return expiries.get(id);
    }
    Optional<Clause> no = refusalOf(id);
    if (no.isEmpty() && now.isBefore(holds.get(id).expires)) {
      return Optional.of(Clause.HOLD_NOT_DUE);
    }
    if (no.isEmpty()) {
      holds.put(id, holds.get(id).leaving(BigInteger.ZERO));
    }
    expiries.put(id, no);
    return no;
  }

  Optional<Clause> reverse(UUID id, UUID transfer) {
    Move move = posted.get(transfer);
    if (move == null) {
      return Optional.of(Clause.TRANSFER_NOT_FOUND);
    }
    if (reversals.containsValue(transfer)) {
      return Optional.of(Clause.REVERSAL_NOT_REVERSIBLE);
    }
    if (reversals.containsKey(transfer)) {
      return Optional.of(Clause.TRANSFER_ALREADY_REVERSED);
    }
    Optional<Clause> no = ledger.post(id, List.of(new Move(move.credit(), move.debit(), move.amount())));
    if (no.isEmpty()) {
      reversals.put(transfer, id);
    }
    return no;
  }

  private Optional<Clause> refusalOf(UUID id) {
    if (!holds.containsKey(id)) {
      return Optional.of(Clause.HOLD_NOT_FOUND);
    }
    return holds.get(id).held.signum() == 0 ? Optional.of(Clause.HOLD_NOT_OPEN) : Optional.empty();
  }
}
