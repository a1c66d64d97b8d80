package ai.qenex.ledger.service;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** The sealer of an engine's log as one thing to start and close. Runs in the server as well as without one. */
public final class Sealing implements AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final LedgerEngine engine;
  private final Sealer sealer;
  private Thread thread;

  /** Makes the signing key if there is none. */
  public Sealing(DataSource database, LedgerEngine engine, SealSettings settings, InstantSource clock) {
    this.engine = engine;
    var notary = new Sealer.Notary(SealKeyFile.open(settings), clock);
    sealer = new Sealer(database, settings, notary, new Sealer.FollowedLog() {
      @Override
      public long committedSeq() {
        return engine.committedSeq();
      }

      @Override
      public boolean isLeader() {
        return engine.leads();
      }
    });
    engine.tell(sealer.feed());
  }

  public void start(ThreadFactory threads) {
    thread = threads.newThread(sealer);
    thread.start();
  }

  @Override
  public void close() {
    engine.tell(rows -> {
      // nobody follows any more
    });
    sealer.stop();
    try {
      thread.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
