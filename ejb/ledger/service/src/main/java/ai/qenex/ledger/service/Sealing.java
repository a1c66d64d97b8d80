package ai.qenex.ledger.service;

import ai.qenex.security.MessageSigner;
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

  /** Seals without a key service, by a key in a file, which is made if there is none. */
  public Sealing(DataSource database, LedgerEngine engine, SealSettings settings, InstantSource clock) {
    this(database, engine, settings, fromFile(settings, clock));
  }

  private static Sealer.Notary fromFile(SealSettings settings, InstantSource clock) {
    MessageSigner signer = SealKeyFile.open(settings);
    return new Sealer.Notary(() -> signer, clock);
  }

  Sealing(DataSource database, LedgerEngine engine, SealSettings settings, Sealer.Notary notary) {
    this.engine = engine;
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
