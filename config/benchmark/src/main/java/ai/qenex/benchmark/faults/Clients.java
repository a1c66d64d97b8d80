package ai.qenex.benchmark.faults;

import ai.qenex.kernel.UuidV7;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Callers of one transfer at a time, each of which asks again until it is told. They remember what they were told. */
final class Clients implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  /** So many answers and work goes on. */
  private static final int AS_BEFORE = 50;
  private static final long MOST_CENTS = 5_000;

  private final Bank bank;
  private final Manner manner;
  private final UuidV7 ids = new UuidV7(Clock.systemUTC(), new SecureRandom());
  private final ExecutorService threads;
  private final Map<UUID, Wish> sent = new ConcurrentHashMap<>();
  private final Map<UUID, Wish> posted = new ConcurrentHashMap<>();
  private final Map<UUID, Wish> refused = new ConcurrentHashMap<>();
  private final Map<Reply, AtomicLong> replies = new ConcurrentHashMap<>();
  private final AtomicLong longestWait = new AtomicLong();
  private final AtomicLong longestGap = new AtomicLong();
  private final AtomicLong lastAnswer = new AtomicLong(System.nanoTime());
  private volatile boolean stopping;

  /**
   * How clients behave.
   *
   * @param name begins the numbers of their wishes
   * @param count how many there are
   * @param accounts how many accounts they move money between
   * @param pace the pause between two wishes of a client, so that what is started beside it finds a machine
   * @param sameIds whether an attempt is repeated under its id; if not, this is the control that must double
   */
  record Manner(String name, int count, int accounts, Duration pace, boolean sameIds) {}

  Clients(Bank bank, Manner manner) {
    this.bank = bank;
    this.manner = manner;
    this.threads = Executors.newFixedThreadPool(manner.count);
    for (int client = 0; client < manner.count; client++) {
      int number = client;
      threads.execute(() -> work(number));
    }
  }

  private void work(int client) {
    var random = new SplittableRandom(client);
    for (long i = 0; !stopping; i++) {
      int debit = random.nextInt(manner.accounts);
      int credit = (debit + 1 + random.nextInt(manner.accounts - 1)) % manner.accounts;
      fulfil(new Wish(manner.name + "-" + client + "-" + i, debit, credit, 1 + random.nextLong(MOST_CENTS)));
      LockSupport.parkNanos(manner.pace.toNanos());
    }
  }

  private void fulfil(Wish wish) {
    long begin = System.nanoTime();
    UUID id = ids.next();
    while (System.nanoTime() - begin < PATIENCE.toNanos()) {
      sent.put(id, wish);
      Reply reply = bank.post(id, wish);
      replies.computeIfAbsent(reply, kind -> new AtomicLong()).incrementAndGet();
      if (reply == Reply.POSTED || reply == Reply.REFUSED) {
        (reply == Reply.POSTED ? posted : refused).put(id, wish);
        long now = System.nanoTime();
        longestGap.accumulateAndGet(now - lastAnswer.getAndSet(now), Math::max);
        longestWait.accumulateAndGet(now - begin, Math::max);
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      id = manner.sameIds ? id : ids.next();
    }
  }

  /** All ids that were ever sent. */
  Map<UUID, Wish> sent() {
    return sent;
  }

  Map<UUID, Wish> posted() {
    return posted;
  }

  Map<UUID, Wish> refused() {
    return refused;
  }

  long answered() {
    return posted.size() + (long) refused.size();
  }

  long count(Reply reply) {
    return replies.getOrDefault(reply, new AtomicLong()).get();
  }

  /** From a client's first attempt to its answer. */
  Duration longestWait() {
    return Duration.ofNanos(longestWait.get());
  }

  /** Waits until so many more are answered. */
  void awaitMore(long more) {
    long begin = System.nanoTime();
    long wanted = answered() + more;
    while (answered() < wanted) {
      if (System.nanoTime() - begin > PATIENCE.toNanos()) {
        throw new IllegalStateException("nothing is answered any more: " + replies);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** How long nobody was answered when something was broken, until work goes on as before. */
  Duration outage(Runnable breaking) {
    longestGap.set(0);
    lastAnswer.set(System.nanoTime());
    breaking.run();
    awaitMore(AS_BEFORE);
    return Duration.ofNanos(longestGap.get());
  }

  /** Lets every client finish the wish it has in hand. */
  @Override
  public void close() {
    stopping = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("clients wait for an answer: " + replies);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
