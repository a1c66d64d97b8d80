package ai.qenex.ledger.service;

import java.util.List;

/**
 * How often what goes wrong. Drawn anew for each seed, so that some seeds see one fault only, some many, and some none.
 */
final class Weather {

  private static final long SECOND = 1_000_000;

  private final SimulatedWorld world;
  /** A connection breaks on the way to the database, or on the way back. In parts of a call, as all below. */
  final int breaksBefore;
  final int breaksAfter;
  /** The database refuses the statement, the connection lives. */
  final int refused;
  /** The database takes long. */
  final int slow;
  /** COMMIT is sent and nothing comes back. */
  final int commitUnknown;
  /** Others go on while a call is under way. */
  final int others;
  /** The node freezes while a call is under way, for longer than its lease lasts. */
  final int freezes;
  /** The node dies while a call is under way. */
  final int dies;
  /** In parts of a step: a disaster of {@link Disaster}. */
  final int disaster;
  final List<Disaster> disasters;
  private boolean calm;
  private long diskFullUntil;
  private long downUntil;
  private long noConnectionsUntil;

  /** What strikes between two steps. */
  enum Disaster {
    NODE_DIES, NODE_IS_REPLACED, NODE_PAUSES, DATABASE_RESTARTS, DATABASE_IS_DOWN, DISK_IS_FULL, POOL_IS_EMPTY,
    CONNECTIONS_ARE_KILLED, CLOCK_JUMPS
  }

  Weather(SimulatedWorld world) {
    this.world = world;
    breaksBefore = world.anyOf(0, 0, 20, 100, 400);
    breaksAfter = world.anyOf(0, 0, 20, 100, 400);
    refused = world.anyOf(0, 0, 20, 200);
    slow = world.anyOf(0, 0, 0, 100);
    commitUnknown = world.anyOf(0, 0, 200, 1_000, 3_000);
    others = world.anyOf(0, 300, 1_500);
    freezes = world.anyOf(0, 0, 10, 50);
    dies = world.anyOf(0, 0, 10, 60);
    disaster = world.anyOf(0, 50, 200, 600);
    Disaster[] all = Disaster.values();
    disasters =
        world.below(3) == 0 ? List.of(all) : List.of(all[world.below(all.length)], all[world.below(all.length)]);
  }

  /** Nothing goes wrong any more. */
  void clearUp() {
    calm = true;
    diskFullUntil = 0;
    downUntil = 0;
    noConnectionsUntil = 0;
  }

  boolean isCalm() {
    return calm;
  }

  boolean strikes(int parts) {
    return !calm && world.happens(parts);
  }

  void fillDisk() {
    diskFullUntil = world.micros() + (1 + world.below(30)) * SECOND;
  }

  void stopDatabase() {
    downUntil = world.micros() + (1 + world.below(20)) * SECOND;
  }

  void emptyPool() {
    noConnectionsUntil = world.micros() + (1 + world.below(10)) * SECOND;
  }

  boolean diskIsFull() {
    return world.micros() < diskFullUntil;
  }

  boolean databaseIsDown() {
    return world.micros() < downUntil;
  }

  boolean poolIsEmpty() {
    return world.micros() < noConnectionsUntil;
  }
}
