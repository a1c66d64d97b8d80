package ai.qenex.ledger.service;

import ai.qenex.kernel.HolidayCalendar;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.engine.CommittedAccount;
import ai.qenex.ledger.engine.IbanScheme;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.Replay;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * One life of a bank, played from a seed: clients, one or two nodes, and a database in which everything can go wrong.
 * At last the weather clears up, and all that was begun must come to its end. See the handbook's page "simulation".
 */
final class Simulation {

  private static final int DEEPEST = 3;
  private static final int CALM_ROUNDS = 400;

  private final SimulatedWorld world;
  private final SimulatedStore store;
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final SimulatedWishes wishes;
  private final LogJudge judge;
  private final int steps;
  private int depth;

  Simulation(long seed, Sabotage sabotage, boolean verbose) {
    world = new SimulatedWorld(seed, sabotage, verbose);
    store = new SimulatedStore(world);
    wishes = new SimulatedWishes(world, store);
    judge = new LogJudge(store, wishes);
    steps = 100 + world.below(500);
    LedgerSettings settings = settings();
    int nodeCount = 1 + world.below(2);
    for (int i = 0; i < nodeCount; i++) {
      nodes.add(new SimulatedNode(world, store, settings, i));
    }
    int clientCount = 1 + world.below(6);
    for (int i = 0; i < clientCount; i++) {
      clients.add(new SimulatedClient(world, wishes, judge, nodes));
    }
    world.meanwhile(this::letOthersGoOn);
  }

  private LedgerSettings settings() {
    int projectionEntries = world.anyOf(1, 7, 40, 1_000);
    return new LedgerSettings(
        world.anyOf(1, 3, 16, 4_096), true, world.anyOf(20, 1_000), world.anyOf(2, 8, 30, 10_000),
        Duration.ofMinutes(5),
        Duration.ofSeconds(20), Duration.ofSeconds(3), projectionEntries, Duration.ofMillis(world.anyOf(1, 100)), 1_000,
        IbanScheme.ofBankCode("DE", "50099900"), HolidayCalendar.WEEKENDS, Optional.of(SimulatedWishes.FIRST_DAY));
  }

  /** @throws AssertionError if the ledger did not keep a law */
  void run() {
    nodes.forEach(SimulatedNode::start);
    for (int i = 0; i < steps; i++) {
      act();
    }
    world.note("calm", store.log().size(), judge.answers());
    world.weather.clearUp();
    nodes.forEach(node -> node.setClockWrong(0));
    comeToRest();
    requireLaws();
  }

  long hash() {
    return world.hash();
  }

  long events() {
    return world.events();
  }

  int entries() {
    return store.log().size();
  }

  List<String> trace() {
    return world.trace();
  }

  private void letOthersGoOn(int count, int pauseMicros) {
    if (depth < DEEPEST) {
      depth++;
      for (int i = 0; i < count; i++) {
        world.pass(pauseMicros);
        act();
      }
      depth--;
    }
  }

  private void act() {
    world.pass(1 + world.below(2_000));
    int dice = world.below(100);
    SimulatedNode node = world.any(nodes);
    if (node.canBeat()) {
      node.beat();
    }
    judge.look(node);
    if (dice < 40) {
      if (node.canWrite()) {
        node.writerTurn();
      }
    } else if (dice < 52) {
      if (node.canProject()) {
        node.projectorTurn();
      }
    } else if (dice < 90) {
      world.any(clients).step(true);
    } else if (dice < 95) {
      world.pass(world.below(200_000));
    } else if (!node.isAlive()) {
      startAnew(node);
    }
    if (world.weather.strikes(world.weather.disaster)) {
      strike(world.any(world.weather.disasters));
    }
  }

  /** As a supervisor would. */
  private void startAnew(SimulatedNode node) {
    if (node.isBusy()) {
      return;
    }
    if (node.isAlive()) {
      node.doom();
    }
    node.start();
  }

  private void strike(Weather.Disaster disaster) {
    world.note(disaster.name(), 0, 0);
    SimulatedNode node = world.any(nodes);
    switch (disaster) {
      case NODE_DIES -> {
        if (node.isAlive()) {
          node.doom();
        }
      }
      case NODE_IS_REPLACED -> startAnew(node);
      case NODE_PAUSES -> node.pause(world.below(10_000_000));
      case DATABASE_RESTARTS -> store.restart();
      case DATABASE_IS_DOWN -> {
        store.restart();
        world.weather.stopDatabase();
      }
      case DISK_IS_FULL -> world.weather.fillDisk();
      case POOL_IS_EMPTY -> world.weather.emptyPool();
      case CONNECTIONS_ARE_KILLED -> store.killConnections();
      case CLOCK_JUMPS -> node.setClockWrong(world.below(6 * 86_400) - 3 * 86_400);
    }
  }

  /** Without faults, everything that is pending comes to its end within so many rounds. */
  private void comeToRest() {
    for (int round = 0; round < CALM_ROUNDS; round++) {
      world.pass(50_000);
      if (nodes.stream().noneMatch(SimulatedNode::isAlive)) {
        startAnew(nodes.get(0));
      }
      for (SimulatedNode node : nodes) {
        if (node.canBeat()) {
          node.beat();
        }
        if (node.canWrite()) {
          node.writerTurn();
        }
        if (node.canProject()) {
          node.projectorTurn();
        }
      }
      clients.forEach(client -> client.step(false));
      if (clients.stream().allMatch(SimulatedClient::isContent)
          && store.projected().watermark() == store.log().size()
          && nodes.stream().filter(node -> node.isReady() && node.shown().isPresent()).count() == 1) {
        return;
      }
    }
    judge.require(clients.stream().allMatch(SimulatedClient::isContent), "a client waits for ever:", nodes);
    judge.require(false, "the projection stays behind:", store.projected().watermark(), store.log().size());
  }

  // ---- the laws ----

  private void requireLaws() {
    judge.requireAnswersKept();
    NaiveBank bank = judge.requireLawfulLog();
    requireConservation(bank);
    requireProjections(bank);
    requireReplay(bank);
    world.note("end", store.log().size(), judge.answers());
  }

  private void requireConservation(NaiveBank bank) {
    var sums = new HashMap<String, BigInteger>();
    bank.accounts.values().forEach(account -> sums.merge(account.asset(), account.balance(), BigInteger::add));
    judge.require(sums.values().stream().allMatch(sum -> sum.signum() == 0), "the sums are", sums);
  }

  private void requireProjections(NaiveBank bank) {
    Projected projected = store.projected();
    judge.require(projected.accounts().size() == bank.accounts.size(), "accounts are missing from the projection");
    projected.accounts().forEach((number, row) -> {
      var naive = bank.accounts.get(number);
      judge.require(row.balance().toBigInteger().equals(naive.balance()) && row.lastSeq() == naive.lastSeq(),
          "an account is projected as", row);
    });
    List<Long> transfers = store.log().stream().map(LogRow::entry).filter(TransferPosted.class::isInstance)
        .map(entry -> entry.seq()).toList();
    judge.require(transfers.equals(projected.postings()), "each transfer is projected once, but", projected);
  }

  /** What the node with the lease has in memory, and what the log gives from its first entry, are the same. */
  private void requireReplay(NaiveBank bank) {
    var fromZero = new LedgerState(SimulatedStore.ASSETS);
    var replay = new Replay(fromZero);
    store.log().forEach(row -> replay.entry(row.entry()));
    replay.finish();
    requireSame(fromZero, bank);
    nodes.forEach(node -> node.shown().ifPresent(state -> requireSame(state, bank)));
  }

  private void requireSame(LedgerState state, NaiveBank bank) {
    judge.require(state.committedSeq() == store.log().size(), "memory is at entry", state.committedSeq());
    judge.require(state.openDates().equals(bank.openDates), "open days", state.openDates());
    judge.require(state.accountCount() == bank.accounts.size(), "accounts in memory:", state.accountCount());
    bank.accounts.forEach((number, naive) -> {
      CommittedAccount account = state.committed(new AccountNumber(number)).orElseThrow();
      judge.require(account.booked().toBigInteger().equals(naive.balance())
          && account.held().toBigInteger().equals(naive.held()) && account.seq() == naive.lastSeq()
          && account.account().status().code().equals(naive.status()), "in memory is", account);
    });
  }
}
