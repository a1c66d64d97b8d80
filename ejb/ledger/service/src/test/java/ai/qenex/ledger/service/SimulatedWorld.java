package ai.qenex.ledger.service;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What all parts of one simulation share: the dice, the time, the weather and the trace. Everything that happens
 * follows from the seed.
 */
final class SimulatedWorld {

  /** Chances are given in so many parts. */
  static final int PARTS = 10_000;

  private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

  final Weather weather;
  final Sabotage sabotage;
  private final SplittableRandom random;
  private final boolean verbose;
  private final List<String> trace = new ArrayList<>();
  private long hash;
  private long events;
  private long micros = 1;
  private Others others = (steps, pauseMicros) -> {};
  private Consumer<String> listener = event -> {};

  /** @param sabotage what is broken on purpose */
  SimulatedWorld(long seed, Sabotage sabotage, boolean verbose) {
    this.random = new SplittableRandom(seed);
    this.sabotage = sabotage;
    this.verbose = verbose;
    this.weather = new Weather(this);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** @param parts of {@link #PARTS} */
  boolean happens(int parts) {
    return parts > 0 && random.nextInt(PARTS) < parts;
  }

  <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** @param rates one of them, each as likely */
  int anyOf(int... rates) {
    return rates[random.nextInt(rates.length)];
  }

  long nextLong() {
    return random.nextLong();
  }

  /** Micros since the simulation began; never goes back. */
  long micros() {
    return micros;
  }

  Instant now() {
    return START.plusNanos(micros * 1_000);
  }

  /** What a machine takes for the time, whose clock is wrong by the given seconds. */
  InstantSource clock(java.util.function.LongSupplier wrongSeconds) {
    return () -> now().plusSeconds(wrongSeconds.getAsLong());
  }

  void pass(long moreMicros) {
    micros += moreMicros;
  }

  /** Who goes on while somebody waits for an answer of the database. */
  void meanwhile(Others whatOthersDo) {
    others = whatOthersDo;
  }

  /** @param pauseMicros how long each of the steps takes at least */
  void letOthersGoOn(int steps, int pauseMicros) {
    others.goOn(steps, pauseMicros);
  }

  @FunctionalInterface
  interface Others {
    void goOn(int steps, int pauseMicros);
  }

  /** For tests that play one certain life. */
  void listen(Consumer<String> newListener) {
    listener = newListener;
  }

  /** Notes an event; the hash of all of them tells whether two runs were the same. */
  void note(String event, long first, long second) {
    listener.accept(event);
    events++;
    hash = (hash ^ event.hashCode()) * PRIME;
    hash = (hash ^ first) * PRIME;
    hash = Long.rotateLeft((hash ^ second) * PRIME, 23);
    if (verbose) {
      trace.add("%9.3f %s %d %d".formatted(micros / 1000.0, event, first, second));
    }
  }

  long hash() {
    return hash;
  }

  long events() {
    return events;
  }

  List<String> trace() {
    return trace;
  }
}
