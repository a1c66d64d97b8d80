package ai.qenex.ledger.service;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A second set of the projections' tables, empty and of the same shape down to the names of their indexes, in a schema
 * of its own; and their taking the place of the first.
 */
final class ShadowTables {

  static final String SCHEMA = "ledger_rebuild";

  /** Everything that a {@link Projection} writes. */
  static final List<String> NAMES = List.of("account", "posting", "business_day", "shifted", "hold", "period");

  private static final String CONSTRAINTS = """
      select format('alter table %2$s.%1$s add constraint %%I %%s', conname, pg_get_constraintdef(oid))
      from pg_constraint where conrelid = 'ledger.%1$s'::regclass and contype in ('p', 'u', 'f') order by contype desc
      """;

  private static final String INDEXES = """
      select replace(indexdef, ' ON ledger.%1$s ', ' ON %2$s.%1$s ') from pg_indexes
      where schemaname = 'ledger' and tablename = '%1$s' and not exists (
        select from pg_constraint where conrelid = 'ledger.%1$s'::regclass and conname = indexname)
      """;

  private static final String OPTIONS = """
      select format('alter table %2$s.%1$s set (%%s)', array_to_string(reloptions, ', ')) from pg_class
      where oid = 'ledger.%1$s'::regclass and reloptions is not null
      """;

  private ShadowTables() {}

  /** Within the connection's transaction. What is left of an earlier set is thrown away. */
  static void create(Connection connection) throws SQLException {
    run(connection, "drop schema if exists " + SCHEMA + " cascade");
    run(connection, "create schema " + SCHEMA);
    for (String name : NAMES) {
      run(connection, "create table " + SCHEMA + "." + name + " (like ledger." + name
          + " including defaults including constraints including generated including identity including storage "
          + "including comments)");
      for (String shape : List.of(CONSTRAINTS, INDEXES, OPTIONS)) {
        for (String statement : texts(connection, shape.formatted(name, SCHEMA))) {
          run(connection, statement);
        }
      }
    }
  }

  /** So that whoever asks next is not answered by plans for empty tables. */
  static void analyze(Connection connection) throws SQLException {
    for (String name : NAMES) {
      run(connection, "analyze " + SCHEMA + "." + name);
    }
  }

  /** Within the connection's transaction, which has locked {@link #lockInUse}. */
  static void swap(Connection connection) throws SQLException {
    for (String name : NAMES) {
      run(connection, "drop table ledger." + name);
      run(connection, "alter table " + SCHEMA + "." + name + " set schema ledger");
    }
    run(connection, "drop schema " + SCHEMA);
  }

  /** All at once, for nobody else. */
  static void lockInUse(Connection connection) throws SQLException {
    run(connection, "lock table " + inUse() + " in access exclusive mode");
  }

  /**
   * The first statement of a transaction that reads several of them from one snapshot: what takes their place later was
   * written after that snapshot, so they must stay until it ends.
   */
  static String keepInUse() {
    return "lock table " + inUse() + " in access share mode";
  }

  private static String inUse() {
    return "ledger." + String.join(", ledger.", NAMES);
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
