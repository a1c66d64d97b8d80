package ai.qenex.ledger.conformance;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.conformance.World.Mood;
import ai.qenex.ledger.engine.Answer;
import ai.qenex.ledger.engine.DecisionBudget;
import ai.qenex.ledger.engine.IbanScheme;
import ai.qenex.ledger.engine.IdWindow;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.PostingEngine;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries instructions of one kind in many random worlds and tells what is wrong with them.
 *
 * <p>
 * What it looks for: decisions that differ on the same view, on a copy of it, or when they are taken again later (a
 * clock, chance, memory); instructions that change by themselves; exceptions on views without accounts, with frozen
 * ones or with balances of 38 digits; fingerprints that are not stable or miss a field; and, carried out by the
 * ledger's own engine: broken laws, exceeded budgets, changes by a refusal, ids without an entry, assets that are not
 * conserved, and repetitions that are answered otherwise.
 */
public final class InstructionKit {

  private static final int MAX_FINDINGS = 20;
  private static final int WINDOW = 100_000;

  private final Contribution contribution;
  private final Trial trial;
  private final Set<String> findings = new LinkedHashSet<>();
  private final List<Taken> taken = new ArrayList<>();

  /**
   * @param worlds so many are tried in each mood
   * @param nanoTime {@code System::nanoTime}, for the budget of time
   */
  public record Trial(long seed, int worlds, LongSupplier nanoTime) {}

  /** A decision, to be taken again later. */
  private record Taken(Instruction instruction, World world, Decision decision) {}

  private InstructionKit(Contribution contribution, Trial trial) {
    this.contribution = contribution;
    this.trial = trial;
  }

  /** What is wrong, at most {@value #MAX_FINDINGS} sentences; empty for a good instruction. */
  public static List<String> findings(Contribution contribution, Trial trial) {
    var kit = new InstructionKit(contribution, trial);
    for (int i = 0; i < trial.worlds && kit.findings.size() < MAX_FINDINGS; i++) {
      kit.tryWorld(trial.seed + i);
    }
    kit.takeAgain();
    return kit.findings.stream().limit(MAX_FINDINGS).toList();
  }

  private void tryWorld(long seed) {
    World ordinary = World.of(seed, Mood.ORDINARY);
    Instruction instruction = make(ordinary, seed, 0);
    if (!instruction.ids().equals(make(ordinary, seed, 0).ids())) {
      findings.add("its ids are not a function of what is asked");
    }
    checkFingerprints(instruction, make(ordinary, seed, 0), make(ordinary, seed, 1));
    for (Mood mood : Mood.values()) {
      World world = World.of(seed, mood);
      decide(instruction, world, mood);
      carryOut(instruction, world, mood);
    }
  }

  /** @param variant another one has other fields */
  private Instruction make(World world, long seed, int variant) {
    UUID id = UuidV7.of(World.NOW.toEpochMilli(), seed, seed * 31);
    return contribution.make(world, new SplittableRandom(seed * 7 + variant), id);
  }

  private void decide(Instruction instruction, World world, Mood mood) {
    try {
      LedgerView view = world.ledger();
      Decision first = instruction.decide(view);
      if (!first.equals(instruction.decide(view))) {
        findings.add("it decides otherwise on the same view");
      }
      if (!first.equals(instruction.decide(world.ledger()))) {
        findings.add("it decides otherwise on a copy of the view");
      }
      taken.add(new Taken(instruction, world, first));
    } catch (RuntimeException e) {
      // an instruction is foreign code: whatever it throws is what is looked for
      findings.add("it throws on a view that is " + mood + ": " + e.getClass().getSimpleName());
    }
  }

  /** Everything once more, when time has passed and much else was decided. */
  private void takeAgain() {
    for (Taken before : taken) {
      try {
        if (!before.instruction.decide(before.world.ledger()).equals(before.decision)) {
          findings.add("it decides otherwise later: it reads a clock, throws dice or remembers");
        }
      } catch (RuntimeException e) {
        // as above
        findings.add("it throws when it is decided again: " + e.getClass().getSimpleName());
      }
    }
  }

  private void checkFingerprints(Instruction one, Instruction same, Instruction other) {
    List<UUID> ids = idsOf(one);
    if (new HashSet<>(ids).size() != ids.size() || ids.isEmpty() || ids.size() > Instruction.MAX_LINES) {
      findings.add("its ids are not different, or none, or too many");
    }
    for (int line = 0; line < Math.min(ids.size(), 10); line++) {
      if (one.fingerprint(line) != same.fingerprint(line) || one.fingerprint(line) != one.fingerprint(line)) {
        findings.add("its fingerprints are not stable");
      }
    }
    if (one instanceof Record record && other.getClass() == one.getClass()) {
      FieldSwaps.of(record, (Record) other).forEach((field, swapped) -> {
        var changed = (Instruction) swapped;
        if (changed.ids().equals(one.ids()) && changed.fingerprint(0) == one.fingerprint(0)) {
          findings.add("its fingerprint misses the field " + field);
        }
      });
    }
  }

  private static List<UUID> idsOf(Instruction instruction) {
    return Stream.concat(instruction.ids().stream(), instruction.legIds().stream()).toList();
  }

  private void carryOut(Instruction instruction, World world, Mood mood) {
    LedgerState state = world.ledger();
    var engine = new PostingEngine(new PostingEngine.Memory(state, new IdWindow(WINDOW)),
        IbanScheme.ofBankCode("DE", "50099900"), Duration.ofMinutes(5), DecisionBudget.standard(trial.nanoTime));
    Map<Asset, BigInteger> before = sums(state);
    Map<AccountNumber, Amount> balances = balances(state);
    engine.begin(World.NOW, Map.of());
    Answer answer = engine.decide(instruction);
    if (answer instanceof Answer.Faulted fault) {
      findings.add("the engine takes it back on a ledger that is " + mood + ": " + fault.cause().getMessage());
      engine.rollback();
      return;
    }
    Outcome outcome = ((Answer.Decided) answer).outcome();
    List<LogRow> rows = List.copyOf(engine.rows());
    engine.commit();
    checkRows(instruction, outcome, rows);
    if (outcome instanceof Outcome.Refused && !balances.equals(balances(state))) {
      findings.add("a refusal moves balances");
    }
    sums(state).forEach((asset, sum) -> {
      if (!sum.equals(before.getOrDefault(asset, BigInteger.ZERO))) {
        findings.add("it makes or loses " + asset);
      }
    });
    Map<UUID, LogRow> log = rows.stream().collect(Collectors.toMap(row -> row.entry().id(), row -> row));
    engine.begin(World.NOW, log);
    Answer again = engine.decide(instruction);
    if (!engine.rows().isEmpty() || !(again instanceof Answer.Decided repeated)
        || !sameAnswer(outcome, repeated.outcome())) {
      findings.add("a repetition is answered otherwise");
    }
    engine.rollback();
  }

  private void checkRows(Instruction instruction, Outcome outcome, List<LogRow> rows) {
    List<UUID> expected = idsOf(instruction);
    int ids = instruction.ids().size();
    List<UUID> written = rows.stream().map(LogRow::entry).map(LedgerEntry::id).toList();
    boolean refused = outcome instanceof Outcome.Refused;
    // some refusals are not recorded, so that the id stays free
    boolean complete = refused ? written.isEmpty() || written.size() == ids : written.size() >= ids;
    if (!complete || !expected.subList(0, written.size()).equals(written)) {
      findings.add("it does not write one entry for each id");
    }
  }

  private static boolean sameAnswer(Outcome first, Outcome second) {
    return first instanceof Outcome.Accepted one && second instanceof Outcome.Accepted two
        ? one.entries().equals(two.entries())
        : first instanceof Outcome.Refused no && second instanceof Outcome.Refused still
            && no.refusal().equals(still.refusal());
  }

  private static Map<AccountNumber, Amount> balances(LedgerState state) {
    Map<AccountNumber, Amount> balances = new HashMap<>();
    for (long number = 1; number <= state.accountCount(); number++) {
      balances.put(new AccountNumber(number), state.booked(new AccountNumber(number)));
    }
    return balances;
  }

  private static Map<Asset, BigInteger> sums(LedgerState state) {
    Map<Asset, BigInteger> sums = new HashMap<>();
    balances(state).forEach((number, amount) -> sums.merge(
        state.account(number).map(Account::asset).orElseThrow(), amount.toBigInteger(), BigInteger::add));
    return sums;
  }
}
