package ai.qenex.ledger.engine;

import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides batches of instructions. A batch begins, takes instructions one by one, and then is either committed, because
 * its rows are durable, or rolled back, which leaves the state exactly as it was. For one thread.
 *
 * <p>
 * A batch that was {@link #seal sealed} is on its way into the log, and the next one may be decided meanwhile, on what
 * the sealed one will have done. If that fails, both are rolled back.
 *
 * <p>
 * An id answers once and for all: what is known of it, in this batch or in the log, is the answer (invariant
 * {@code LEDGER-5}).
 */
public final class PostingEngine {

  private final LedgerState state;
  private final IdWindow window;
  private final EffectApplier applier;
  private final Duration skew;
  private final Deliberation deliberation;

  private List<LogRow> rows = new ArrayList<>();
  private BatchRows ofBatch = new BatchRows();
  /** Of the batch that is on its way into the log, if there is one. */
  private List<LogRow> sealedRows = new ArrayList<>();
  private BatchRows ofSealed = new BatchRows();
  private LedgerState.Mark sealedStart;
  private final References references = new References();
  private Map<UUID, LogRow> recorded = Map.of();
  private long firstAnswersAfter;
  private Instant now;
  /** Null while no batch is being decided. */
  private LedgerState.Mark start;

  /** As the other constructor, for callers without a clock: the time of a decision is not measured. */
  public PostingEngine(LedgerState state, IdWindow window, IbanScheme ibans, Duration skew) {
    this(new Memory(state, window), ibans, skew, DecisionBudget.untimed());
  }

  /** What the engine decides by. */
  public record Memory(LedgerState state, IdWindow window) {}

  /**
   * @param skew how far in the future a version 7 id may be dated
   * @param budget what an instruction other than a plain transfer may use
   */
  public PostingEngine(Memory memory, IbanScheme ibans, Duration skew, DecisionBudget budget) {
    this.state = memory.state;
    this.window = memory.window;
    this.applier = new EffectApplier(state, ibans);
    this.skew = skew;
    this.deliberation = new Deliberation(state, budget);
  }

  public LedgerState state() {
    return state;
  }

  /**
   * Whether the log has to be asked about the id before the instruction is decided. If a batch is on its way there,
   * that must have arrived before.
   */
  public boolean mustLookUp(UUID id) {
    return !window.isCertainlyNew(id) || ofSealed.get(id) != null;
  }

  /** Whether the log has to be asked about an id that an instruction refers to. */
  public boolean mustLookUpReferred(UUID id) {
    return !state.isHeld(id) && mustLookUp(id);
  }

  /** {@link #begin(Instant, Map, long)} where everything in the log was answered before. */
  public void begin(Instant clock, Map<UUID, LogRow> known) {
    begin(clock, known, Long.MAX_VALUE);
  }

  /**
   * Starts a batch.
   *
   * @param clock the time, which becomes the booking time unless that would go backwards
   * @param known what the log has under those ids of the batch that {@link #mustLookUp}, and under those it refers to
   * and {@link #mustLookUpReferred}, with the transfers and endings that link to the latter
   * @param notAnsweredAfter entries behind this one are in the log but were not answered yet
   */
  public void begin(Instant clock, Map<UUID, LogRow> known, long notAnsweredAfter) {
    rows.clear();
    ofBatch.clear();
    recorded = known;
    firstAnswersAfter = notAnsweredAfter;
    Instant time = clock.truncatedTo(ChronoUnit.MICROS);
    now = time.isBefore(state.lastBookedAt()) ? state.lastBookedAt() : time;
    start = state.mark();
    references.begin(known, ofBatch);
    state.see(references, now);
  }

  /** Decides one instruction on everything that the batch did before. */
  public Answer decide(Instruction instruction) {
    return decide(instruction, instruction.ids());
  }

  /** As {@link #decide(Instruction)}, for a caller that has asked for the ids already. */
  public Answer decide(Instruction instruction, List<UUID> ids) {
    LedgerState.Mark mark = state.mark();
    int rowsBefore = rows.size();
    try {
      requireProper(ids);
      List<LogRow> known = knownOf(ids);
      Outcome outcome = known.isEmpty() ? decideNew(instruction, ids) : answerKnown(instruction, ids, known);
      return new Answer.Decided(outcome);
    } catch (RuntimeException broken) {
      // an instruction is foreign code: whatever it throws concerns it alone
      takeBack(mark, rowsBefore);
      return new Answer.Faulted(broken);
    }
  }

  /** What the batch wants written, in log order. */
  public List<LogRow> rows() {
    return Collections.unmodifiableList(rows);
  }

  /** The batch is decided, and the next one may begin before it is known whether its rows are durable. */
  public void seal() {
    state.seal();
    List<LogRow> emptyRows = sealedRows;
    sealedRows = rows;
    rows = emptyRows;
    rows.clear();
    BatchRows emptyBatch = ofSealed;
    ofSealed = ofBatch;
    ofBatch = emptyBatch;
    sealedStart = start;
    start = null;
  }

  /**
   * The rows of the sealed batch are durable, or if there is none, those of the batch that was decided: shows their
   * effects to other threads and remembers their ids.
   *
   * @return the rows, until the next {@link #seal} or commit
   */
  public List<LogRow> commit() {
    if (sealedStart == null) {
      seal();
    }
    sealedStart = null;
    state.publishSealed();
    for (LogRow row : sealedRows) {
      window.add(row.entry().id());
    }
    ofSealed.clear();
    return Collections.unmodifiableList(sealedRows);
  }

  /** What is not committed is not in the log and never will be: neither the sealed batch nor the one that follows. */
  public void rollback() {
    if (sealedStart != null || start != null) {
      state.backToPublished(sealedStart != null ? sealedStart : start);
    }
    sealedStart = null;
    start = null;
    rows.clear();
    ofBatch.clear();
    ofSealed.clear();
  }

  private static void requireProper(List<UUID> ids) {
    if (ids.isEmpty() || ids.size() > Instruction.MAX_LINES) {
      throw new IllegalArgumentException("an instruction has 1 to " + Instruction.MAX_LINES + " lines");
    }
  }

  private List<LogRow> knownOf(List<UUID> ids) {
    List<LogRow> known = List.of();
    for (int i = 0; i < ids.size(); i++) {
      LogRow row = rowOf(ids.get(i));
      if (row != null) {
        if (known.isEmpty()) {
          known = new ArrayList<>(ids.size());
        }
        known.add(row);
      }
    }
    return known;
  }

  private LogRow rowOf(UUID id) {
    LogRow row = ofBatch.get(id);
    return row != null || recorded.isEmpty() ? row : recorded.get(id);
  }

  private Outcome decideNew(Instruction instruction, List<UUID> ids) {
    if (isFromTheFuture(ids)) {
      return fromTheFuture();
    }
    Decision decision =
        instruction instanceof PostTransfers ? instruction.decide(state) : deliberation.decide(instruction, ids.size());
    if (decision instanceof Decision.Accept accept) {
      if (accept.effects().size() == ids.size()) {
        return accept(instruction, ids, accept);
      }
      List<UUID> all = withLegs(ids, instruction.legIds(), accept.effects().size());
      if (isFromTheFuture(all)) {
        return fromTheFuture();
      }
      // whoever used the id of a leg before asked for something else
      return knownOf(all).isEmpty() ? accept(instruction, all, accept) : reused();
    }
    return refuse(instruction, ids, (Decision.Reject) decision);
  }

  private static List<UUID> withLegs(List<UUID> ids, List<UUID> legIds, int size) {
    var all = new ArrayList<>(ids);
    all.addAll(legIds.subList(0, size - ids.size()));
    return all;
  }

  private Outcome accept(Instruction instruction, List<UUID> ids, Decision.Accept accept) {
    int first = rows.size();
    for (int line = 0; line < ids.size(); line++) {
      LogRow row = applier.apply(accept.effects().get(line), ids.get(line), now, instruction.fingerprint(line));
      write(row);
    }
    if (ids.size() == 1) {
      return new Outcome.Accepted(List.of(rows.get(first).entry()), false);
    }
    return new Outcome.Accepted(rows.subList(first, rows.size()).stream().map(LogRow::entry).toList(), false);
  }

  private Outcome refuse(Instruction instruction, List<UUID> ids, Decision.Reject reject) {
    if (reject.line() < 0 || reject.line() >= ids.size()) {
      throw new IllegalStateException("an instruction refuses one of its lines");
    }
    if (!reject.refusal().clause().isRecorded()) {
      return new Outcome.Refused(reject.refusal(), false);
    }
    Refusal ofOthers = null;
    for (int line = 0; line < ids.size(); line++) {
      Refusal refusal = reject.refusal();
      if (line != reject.line()) {
        ofOthers = ofOthers == null ? linkedTo(ids.get(reject.line()), reject.refusal()) : ofOthers;
        refusal = ofOthers;
      }
      long seq = state.lastSeq() + 1;
      state.advance(seq, now);
      write(new LogRow(
          new InstructionRefused(seq, ids.get(line), now, refusal), instruction.fingerprint(line), Optional.empty()));
    }
    return new Outcome.Refused(reject.refusal(), false);
  }

  private static Refusal linkedTo(UUID refusedId, Refusal refusal) {
    var figures = new LinkedHashMap<String, String>();
    figures.put("refusedId", refusedId.toString());
    figures.put("refusedCode", refusal.clause().name());
    return new Refusal(Clause.LINKED_TRANSFER_REFUSED, figures);
  }

  private void write(LogRow row) {
    if (!ofBatch.add(row)) {
      throw new IllegalArgumentException("an instruction has two lines with the id " + row.entry().id());
    }
    rows.add(row);
    references.wrote(row.entry());
  }

  private Outcome answerKnown(Instruction instruction, List<UUID> ids, List<LogRow> known) {
    boolean repeated = true;
    var entries = new ArrayList<LedgerEntry>(known.size());
    Refusal refusal = null;
    if (known.size() < ids.size()) {
      return reused();
    }
    for (int line = 0; line < ids.size(); line++) {
      LogRow row = known.get(line);
      if (row.fingerprint() != instruction.fingerprint(line)) {
        return reused();
      }
      repeated &= row.entry().seq() <= firstAnswersAfter;
      if (row.entry() instanceof InstructionRefused refused) {
        boolean isCause = refused.refusal().clause() != Clause.LINKED_TRANSFER_REFUSED;
        refusal = refusal == null || isCause ? refused.refusal() : refusal;
      } else {
        entries.add(row.entry());
      }
    }
    if (refusal == null) {
      addLegs(instruction, ids.size(), entries);
      return new Outcome.Accepted(entries, repeated);
    }
    return entries.isEmpty() ? new Outcome.Refused(refusal, repeated) : reused();
  }

  /** Legs were written right behind the lines, so that nobody's later use of an unused id is taken for one. */
  private void addLegs(Instruction instruction, int lines, List<LedgerEntry> entries) {
    List<UUID> legIds = instruction.legIds();
    for (int leg = 0; leg < legIds.size(); leg++) {
      LogRow row = rowOf(legIds.get(leg));
      if (row == null || row.entry().seq() != entries.get(lines - 1).seq() + leg + 1
          || row.fingerprint() != instruction.fingerprint(lines + leg)) {
        return;
      }
      entries.add(row.entry());
    }
  }

  private static Outcome reused() {
    return new Outcome.Refused(Refusal.of(Clause.IDEMPOTENCY_KEY_REUSED), false);
  }

  private Outcome fromTheFuture() {
    return new Outcome.Refused(
        new Refusal(Clause.ID_FROM_THE_FUTURE, Map.of("skewSeconds", Long.toString(skew.toSeconds()))), false);
  }

  /** The window of recent ids relies on it: none is dated further ahead of its booking than the skew. */
  private boolean isFromTheFuture(List<UUID> ids) {
    long latestMillis = now.plus(skew).toEpochMilli();
    for (int i = 0; i < ids.size(); i++) {
      UUID id = ids.get(i);
      if (UuidV7.isVersion7(id) && id.getMostSignificantBits() >>> 16 > latestMillis) {
        return true;
      }
    }
    return false;
  }

  private void takeBack(LedgerState.Mark mark, int rowsBefore) {
    state.backTo(mark);
    while (rows.size() > rowsBefore) {
      LedgerEntry entry = rows.remove(rows.size() - 1).entry();
      ofBatch.remove(entry.id());
      references.forget(entry);
    }
  }
}
