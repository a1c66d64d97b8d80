package ai.qenex.ledger.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;

/** What a container does for a bean: everything a call does through its data source is one transaction. */
final class TransactionPerCall {

  private final DataSource database;

  TransactionPerCall(DataSource database) {
    this.database = database;
  }

  <T> T run(Function<DataSource, T> call) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = call.apply(through(connection));
        connection.commit();
        return result;
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A data source that answers with one connection, which stays open. */
  static DataSource through(Connection connection) {
    var kept = (Connection) proxy(Connection.class,
        (proxy, method, arguments) -> method.getName().equals("close") ? null : call(method, connection, arguments));
    return (DataSource) proxy(DataSource.class, (proxy, method, arguments) -> kept);
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
