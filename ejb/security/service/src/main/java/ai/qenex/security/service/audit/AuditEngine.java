package ai.qenex.security.service.audit;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.MessageSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The appender and the signer as one thing to start and close. Runs in the server as well as without one. */
public final class AuditEngine implements AuditTrail, AutoCloseable {

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final AuditAppender appender;
  private final HeadSigner signer;
  private Thread appending;
  private Thread signing;

  /** @param keys the signer of the next head */
  public AuditEngine(DataSource database, AuditSettings settings, Supplier<MessageSigner> keys, InstantSource clock) {
    appender = new AuditAppender(database, settings, clock);
    signer = new HeadSigner(database, settings, new HeadSigner.Notary(keys, clock), appender);
  }

  public void start(ThreadFactory threads) {
    appending = threads.newThread(appender);
    appending.start();
    signing = threads.newThread(signer);
    signing.start();
  }

  /** Answers false if it cannot write in time. */
  public boolean awaitStart(Duration patience) throws InterruptedException {
    return appender.awaitStart(patience);
  }

  @Override
  public long intend(AuditEvent event) {
    return appender.write(event, false);
  }

  @Override
  public long record(AuditEvent event) {
    return appender.write(event, true);
  }

  @Override
  public void note(AuditEvent event) {
    appender.note(event);
  }

  /** What is wrong between the database and the copies of its heads. */
  public Optional<String> violation() {
    return signer.violation();
  }

  boolean isFull() {
    return appender.isFull();
  }

  /** Why the log cannot be written, or is not what was signed. */
  public Optional<String> whyNotReady() {
    return appender.whyNot().or(signer::violation);
  }

  /** Writes and signs what was handed over until now. */
  @Override
  public void close() {
    try {
      appender.stop();
      appending.join(STOP_PATIENCE.toMillis());
      signer.stop();
      signing.join(STOP_PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
