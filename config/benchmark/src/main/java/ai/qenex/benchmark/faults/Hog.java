package ai.qenex.benchmark.faults;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool of few connections, all of which somebody else can take. */
final class Hog implements DataSource {

  private static final long PATIENCE_SECONDS = 1;

  private final DataSource database;
  private final Semaphore free;
  private int taken;
  private boolean hogging;

  Hog(DataSource database, int connections) {
    this.database = database;
    this.free = new Semaphore(connections);
  }

  /** Takes what is free now, and whatever becomes free until {@link #giveBack}. */
  synchronized void takeAll() {
    hogging = true;
    taken += free.drainPermits();
  }

  synchronized void giveBack() {
    hogging = false;
    free.release(taken);
    taken = 0;
  }

  private synchronized void freed() {
    if (hogging) {
      taken++;
    } else {
      free.release();
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      if (!free.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new SQLTransientConnectionException("no connection is free", "08001");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted", "08001", e);
    }
    try {
      return counted(database.getConnection());
    } catch (SQLException e) {
      freed();
      throw e;
    }
  }

  private Connection counted(Connection real) {
    var over = new AtomicBoolean();
    return (Connection) Proxy.newProxyInstance(Hog.class.getClassLoader(), new Class<?>[] {Connection.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("close") && over.compareAndSet(false, true)) {
            freed();
          }
          try {
            return method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        });
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
