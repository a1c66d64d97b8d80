package ai.qenex.benchmark;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A data source that always answers with one connection, as a pool does for a single caller. */
final class OneConnection {

  private OneConnection() {}

  static DataSource of(Connection connection) {
    var kept = (Connection) proxy(Connection.class, (proxy, method, arguments) -> {
      try {
        return method.getName().equals("close") ? null : method.invoke(connection, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    });
    return (DataSource) proxy(DataSource.class, (proxy, method, arguments) -> kept);
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(OneConnection.class.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
