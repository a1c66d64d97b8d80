package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks for something, and asks again with the same ids until it has an answer. */
final class SimulatedClient {

  private static final int MOST_AT_ONCE = 8;

  private final SimulatedWorld world;
  private final SimulatedWishes wishes;
  private final LogJudge judge;
  private final List<SimulatedNode> nodes;
  /** What it wants to know. */
  private final List<Instruction> wanted = new ArrayList<>();
  private Optional<Submission> waiting = Optional.empty();
  private SimulatedNode asked;
  private int life;

  SimulatedClient(SimulatedWorld world, SimulatedWishes wishes, LogJudge judge, List<SimulatedNode> nodes) {
    this.world = world;
    this.wishes = wishes;
    this.judge = judge;
    this.nodes = nodes;
  }

  boolean isContent() {
    return wanted.isEmpty();
  }

  /** One step of its life. @param mayWish whether it may think of something new */
  void step(boolean mayWish) {
    if (waiting.isPresent()) {
      look(waiting.get());
    } else if (!wanted.isEmpty()) {
      ask();
    } else if (mayWish) {
      think();
      ask();
    }
  }

  private void think() {
    int count = 1 + (world.below(3) == 0 ? world.below(MOST_AT_ONCE) : 0);
    for (int i = 0; i < count; i++) {
      // what was answered long ago is asked again now and then
      boolean again = !wishes.asked().isEmpty() && world.below(8) == 0;
      wanted.add(again ? world.any(wishes.asked()) : wishes.next());
    }
  }

  private void ask() {
    asked = world.any(nodes);
    life = asked.life();
    waiting = asked.submit(List.copyOf(wanted));
    world.note("asks", asked.name(), waiting.isPresent() ? wanted.size() : 0);
  }

  private void look(Submission submission) {
    boolean lost = !asked.isAlive() || asked.life() != life;
    boolean impatient = !world.weather.isCalm() && world.below(30) == 0;
    if (!submission.isAnswered() && !lost && !impatient) {
      return;
    }
    waiting = Optional.empty();
    if (lost) {
      return;
    }
    try {
      List<Outcome> outcomes = submission.await(Duration.ZERO);
      for (int i = 0; i < outcomes.size(); i++) {
        judge.hear(wanted.get(i), outcomes.get(i));
      }
      world.note("answered", asked.name(), outcomes.size());
      wanted.clear();
    } catch (QenexException e) {
      world.note("no answer", asked.name(), e.code().ordinal());
      hearFault(e);
    }
  }

  private void hearFault(QenexException fault) {
    if (fault.code() == ErrorCode.STORAGE_FAILED) {
      judge.require(wanted.stream().anyMatch(SimulatedClient::isPoison), "the database refused what it takes");
      wanted.removeIf(SimulatedClient::isPoison);
    } else if (fault.code() == ErrorCode.INVARIANT_BROKEN) {
      judge.require(wanted.stream().anyMatch(SimulatedWishes.Breaking.class::isInstance), "a fault without a cause");
      wanted.removeIf(SimulatedWishes.Breaking.class::isInstance);
    } else {
      judge.require(fault.code() == ErrorCode.UNAVAILABLE || fault.code() == ErrorCode.NOT_LEADER,
          "an unknown fault", fault);
    }
  }

  private static boolean isPoison(Instruction instruction) {
    return instruction instanceof PostTransfers transfers && transfers.orders().stream()
        .anyMatch(order -> order.reference().orElse("").equals(SimulatedStore.POISON));
  }
}
