package ai.qenex.ledger.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Stops the tests' PostgreSQL behind the last test: left to a shutdown hook, it outlasts surefire's patience. */
public final class PostgresClosing implements LauncherSessionListener {

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    try {
      LedgerFixture.closePostgres();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
