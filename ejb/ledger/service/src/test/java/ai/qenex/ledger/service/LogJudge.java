package ai.qenex.ledger.service;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.OpenBusinessDate;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.engine.LogRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Hears every answer that a client gets, and holds it and the whole log against a {@link NaiveBank}. What is found
 * wrong is an {@link AssertionError}.
 */
final class LogJudge {

  private final SimulatedStore store;
  private final SimulatedWishes wishes;
  /** Whatever was answered, by the instruction. */
  private final Map<Instruction, Outcome> heard = new HashMap<>();
  /** The last entry that anybody was told of. */
  private long latestTold;

  LogJudge(SimulatedStore store, SimulatedWishes wishes) {
    this.store = store;
    this.wishes = wishes;
  }

  /** @param otherwise what is wrong; the facts behind it are told one after the other */
  void require(boolean kept, String otherwise, Object... facts) {
    if (!kept) {
      throw new AssertionError(otherwise + " " + Arrays.asList(facts));
    }
  }

  /** An answer says what is in the log, at the time when it is given and for ever. */
  void hear(Instruction instruction, Outcome outcome) {
    requireLogSays(instruction, outcome);
    if (outcome instanceof Outcome.Accepted accepted) {
      accepted.entries().forEach(entry -> latestTold = Math.max(latestTold, entry.seq()));
    }
    if (isRecorded(outcome)) {
      Outcome before = heard.put(instruction, outcome);
      require(before == null || isSame(before, outcome), "answered first one thing, then another:", before, outcome);
    }
  }

  /** A node that shows its memory knows everything that anybody was told. */
  void look(SimulatedNode node) {
    node.shown().ifPresent(state -> require(state.committedSeq() >= latestTold,
        "a node shows less than was told:", node, state.committedSeq(), latestTold));
  }

  int answers() {
    return heard.size();
  }

  /** The answers once more, at the end. */
  void requireAnswersKept() {
    heard.forEach(this::requireLogSays);
  }

  private void requireLogSays(Instruction instruction, Outcome outcome) {
    if (outcome instanceof Outcome.Accepted accepted) {
      require(accepted.entries().size() >= instruction.ids().size(), "too few entries in", accepted);
      for (int line = 0; line < accepted.entries().size(); line++) {
        LedgerEntry entry = accepted.entries().get(line);
        LogRow row = store.find(entry.id()).orElse(null);
        require(row != null && row.entry().equals(entry), "acknowledged, but the log has something else:", entry, row);
        require(line >= instruction.ids().size() || instruction.ids().get(line).equals(entry.id()),
            "answered with another's entry", entry);
      }
    } else if (isRecorded(outcome)) {
      for (UUID id : instruction.ids()) {
        LogRow row = store.find(id).orElse(null);
        require(row != null && row.entry() instanceof InstructionRefused,
            "refused, but the log has something else:", outcome, row);
      }
    } else if (((Outcome.Refused) outcome).refusal().clause() == Clause.IDEMPOTENCY_KEY_REUSED) {
      require(isReused(instruction), "not reused:", instruction);
    }
  }

  private boolean isReused(Instruction instruction) {
    int found = 0;
    boolean other = false;
    for (int line = 0; line < instruction.ids().size(); line++) {
      LogRow row = store.find(instruction.ids().get(line)).orElse(null);
      found += row == null ? 0 : 1;
      other |= row != null && row.fingerprint() != instruction.fingerprint(line);
    }
    // a group of lines that were refused or posted one by one is another instruction too
    return found > 0 && (other || found < instruction.ids().size() || found > 1);
  }

  private static boolean isRecorded(Outcome outcome) {
    return !(outcome instanceof Outcome.Refused no) || no.refusal().clause() != Clause.IDEMPOTENCY_KEY_REUSED
        && no.refusal().clause() != Clause.ID_FROM_THE_FUTURE && no.refusal().clause() != Clause.HOLD_NOT_DUE;
  }

  private static boolean isSame(Outcome first, Outcome second) {
    if (first instanceof Outcome.Accepted one && second instanceof Outcome.Accepted other) {
      return one.entries().equals(other.entries());
    }
    return first instanceof Outcome.Refused no && second instanceof Outcome.Refused again
        && no.refusal().equals(again.refusal());
  }

  /** The log from its first entry to its last, against the naive bank. Answers how that stands at the end. */
  NaiveBank requireLawfulLog() {
    List<LogRow> log = store.log();
    Map<UUID, List<Instruction>> byFirstId = new HashMap<>();
    for (Instruction instruction : wishes.asked()) {
      byFirstId.computeIfAbsent(instruction.ids().get(0), id -> new java.util.ArrayList<>()).add(instruction);
    }
    var bank = new NaiveBank();
    Instant before = Instant.EPOCH;
    int at = 0;
    while (at < log.size()) {
      Instruction cause = at == 0 ? firstDay(log.get(0)) : causeOf(log, at, byFirstId);
      List<NaiveBank.Fact> facts = bank.carryOut(cause, at + 1L, log.get(at).entry().bookedAt());
      boolean refused = facts.get(0) instanceof NaiveBank.No;
      int lines = refused ? cause.ids().size() : facts.size();
      for (int line = 0; line < lines; line++) {
        LedgerEntry entry = log.get(at + line).entry();
        require(entry.seq() == at + line + 1L, "a gap before", entry);
        require(!entry.bookedAt().isBefore(before), "time goes back at", entry);
        before = entry.bookedAt();
        NaiveBank.Fact fact = facts.get(refused ? 0 : line);
        require(agree(entry, fact, line), "the log and the naive bank differ:", entry, fact);
      }
      at += lines;
    }
    require(store.fence().seq() == log.size(), "the fence and the log differ:", store.fence(), log.size());
    return bank;
  }

  private static Instruction firstDay(LogRow row) {
    return new OpenBusinessDate(row.entry().id(), SimulatedWishes.FIRST_DAY);
  }

  /** Whoever asked for what starts here; nobody: a phantom. */
  private Instruction causeOf(List<LogRow> log, int at, Map<UUID, List<Instruction>> byFirstId) {
    LogRow first = log.get(at);
    Instruction cause = null;
    for (Instruction candidate : byFirstId.getOrDefault(first.entry().id(), List.of())) {
      if (isWritten(candidate, log, at) && (cause == null || cause.ids().size() < candidate.ids().size())) {
        cause = candidate;
      }
    }
    require(cause != null, "nobody asked for", first);
    return cause;
  }

  private static boolean isWritten(Instruction instruction, List<LogRow> log, int at) {
    List<UUID> ids = instruction.ids();
    if (at + ids.size() > log.size()) {
      return false;
    }
    for (int line = 0; line < ids.size(); line++) {
      LogRow row = log.get(at + line);
      if (!row.entry().id().equals(ids.get(line)) || row.fingerprint() != instruction.fingerprint(line)) {
        return false;
      }
    }
    return true;
  }

  private static boolean agree(LedgerEntry entry, NaiveBank.Fact fact, int line) {
    if (entry instanceof TransferPosted posted && fact instanceof NaiveBank.Moved moved) {
      return posted.debit().value() == moved.debit() && posted.credit().value() == moved.credit()
          && posted.amount().amount().toBigInteger().equals(moved.amount())
          && posted.debitBalance().toBigInteger().equals(moved.debitBalance())
          && posted.creditBalance().toBigInteger().equals(moved.creditBalance())
          && posted.businessDate().equals(moved.date());
    } else if (entry instanceof HoldPlaced placed && fact instanceof NaiveBank.Held held) {
      return placed.hold().account().value() == held.account()
          && placed.hold().held().toBigInteger().equals(held.amount())
          && placed.booked().toBigInteger().equals(held.booked());
    } else if (entry instanceof HoldReleased released && fact instanceof NaiveBank.GivenBack back) {
      return released.hold().equals(back.hold()) && !back.expired()
          && released.amount().amount().toBigInteger().equals(back.amount());
    } else if (entry instanceof HoldExpired expired && fact instanceof NaiveBank.GivenBack back) {
      return expired.hold().equals(back.hold()) && back.expired()
          && expired.amount().amount().toBigInteger().equals(back.amount());
    } else if (entry instanceof InstructionRefused refused && fact instanceof NaiveBank.No no) {
      return refused.refusal().clause() == (line == no.line() ? no.clause() : Clause.LINKED_TRANSFER_REFUSED);
    } else if (entry instanceof AccountOpened opened && fact instanceof NaiveBank.AccountIs account) {
      return agree(opened.account(), account);
    } else if (entry instanceof AccountChanged changed && fact instanceof NaiveBank.AccountIs account) {
      return agree(changed.account(), account);
    } else if (entry instanceof BusinessDateOpened opened && fact instanceof NaiveBank.DateIs day) {
      return opened.date().equals(day.date()) && day.open();
    }
    return entry instanceof BusinessDateClosed closed && fact instanceof NaiveBank.DateIs day
        && closed.date().equals(day.date()) && !day.open();
  }

  private static boolean agree(Account account, NaiveBank.AccountIs expected) {
    return account.number().value() == expected.number()
        && account.status().name().toLowerCase(Locale.ROOT).equals(expected.status())
        && account.overdraftLimit().map(limit -> limit.toBigInteger().equals(expected.limit()))
            .orElse(expected.limit() == null);
  }
}
