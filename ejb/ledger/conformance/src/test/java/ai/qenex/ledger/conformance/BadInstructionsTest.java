package ai.qenex.ledger.conformance;

import static ai.qenex.ledger.conformance.World.EUR;
import static ai.qenex.ledger.conformance.World.USD;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Decision;
import ai.qenex.ledger.Effect;
import ai.qenex.ledger.Fingerprint;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerView;
import ai.qenex.ledger.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The kit finds what is wrong with deliberately bad instructions. */
class BadInstructionsTest {

  private static final InstructionKit.Trial TRIAL = new InstructionKit.Trial(1, 25, System::nanoTime);
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** A rule about two accounts, whose fingerprint forgets the amount if told to. */
  record Rule(UUID id, AccountNumber from, AccountNumber to, Money amount, boolean forgetful,
      Function<Rule, Function<LedgerView, Decision>> rule) implements Instruction {

    @Override
    public List<UUID> ids() {
      return List.of(id);
    }

    @Override
    public long fingerprint(int index) {
      var print = new Fingerprint("rule").add(from.value()).add(to.value());
      return forgetful ? print.hash() : print.add(amount).hash();
    }

    @Override
    public Decision decide(LedgerView view) {
      return rule.apply(this).apply(view);
    }

    Effect.Transfer move(Money money, Optional<String> reference) {
      return new Effect.Transfer(from, to, money, World.TODAY, World.TODAY.date(), reference);
    }
  }

  private static void assertFound(String finding, Contribution contribution) {
    List<String> findings = InstructionKit.findings(contribution, TRIAL);
    assertTrue(findings.stream().anyMatch(found -> found.contains(finding)), findings::toString);
  }

  private static Contribution rule(Function<Rule, Function<LedgerView, Decision>> rule) {
    return (world, random, id) -> new Rule(id, world.anyAccount(EUR, random), world.anyAccount(EUR, random),
        Money.ofMinorUnits(random.nextLong(1, 50), EUR), false, rule);
  }

  private static Decision no() {
    return new Decision.Reject(0, Refusal.of(Clause.INSTRUCTION_REFUSED));
  }

  private static Decision accept(Effect... effects) {
    return new Decision.Accept(List.of(effects));
  }

  @Test
  void findsMemoryOfEarlierCalls() {
    assertFound("on the same view",
        rule(rule -> view -> accept(rule.move(rule.amount, Optional.of("call " + CALLS.incrementAndGet())))));
  }

  @Test
  void findsAClock() {
    assertFound("later", rule(rule -> view -> accept(rule.move(rule.amount,
        Optional.of("at " + System.nanoTime() / 20_000_000)))));
  }

  @Test
  void findsWhatDoesNotConserveAnAsset() {
    assertFound("law of the ledger", (world, random, id) -> new Rule(id, world.anyAccount(EUR, random),
        world.anyAccount(USD, random), Money.ofMinorUnits(5, EUR), false,
        rule -> view -> accept(rule.move(rule.amount, Optional.empty()))));
  }

  @Test
  void findsOverdraftsAndFrozenAccountsThatTheRuleDidNotLookAt() {
    assertFound("law of the ledger", rule(rule -> view -> accept(rule.move(rule.amount, Optional.empty()))));
  }

  @Test
  void findsWhatIsTooBig() {
    assertFound("budget of texts", rule(rule -> view -> accept(rule.move(rule.amount, Optional.of("x".repeat(999))))));
    assertFound("budget of lines", rule(rule -> view -> new Decision.Accept(
        Collections.nCopies(10_001, rule.move(rule.amount, Optional.empty())))));
    assertFound("one effect per line", rule(rule -> view -> new Decision.Accept(
        Collections.nCopies(2, rule.move(rule.amount, Optional.empty())))));
    assertFound("budget of view reads", rule(rule -> view -> {
      for (int i = 0; i < 100_000; i++) {
        view.booked(rule.from);
      }
      return no();
    }));
  }

  @Test
  void findsWhatIsTooSlow() {
    var ticks = new AtomicLong();
    var slowClock = new InstructionKit.Trial(1, 2, () -> ticks.addAndGet(300_000_000));
    List<String> findings = InstructionKit.findings(rule(rule -> view -> no()), slowClock);
    assertTrue(findings.stream().anyMatch(found -> found.contains("budget of time")), findings::toString);
  }

  @Test
  void findsExceptionsOnHostileViews() {
    assertFound("throws on a view that is EMPTY",
        rule(rule -> view -> view.account(rule.from).orElseThrow().status().isFrozen() ? no() : no()));
    assertFound("throws on a view that is EXTREME", rule(rule -> view -> {
      view.booked(rule.from).plus(view.booked(rule.from));
      return no();
    }));
  }

  @Test
  void findsAFingerprintThatMissesAField() {
    assertFound("misses the field amount", (world, random, id) -> new Rule(id, new AccountNumber(1),
        new AccountNumber(2), Money.ofMinorUnits(random.nextLong(1, 5_000), EUR), true, rule -> view -> no()));
  }

  @Test
  void findsIdsThatChange() {
    assertFound("ids are not a function", (world, random, id) -> new Rule(
        UuidV7.derived(id, "call " + CALLS.incrementAndGet()), new AccountNumber(1), new AccountNumber(2),
        Money.ofMinorUnits(1, EUR), false, rule -> view -> no()));
  }

  @Test
  void findsNothingInAGoodOne() {
    assertTrue(InstructionKit.findings(rule(rule -> view -> no()), TRIAL).isEmpty());
  }
}
