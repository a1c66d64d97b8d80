package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.OpenAccount;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.TransferOrder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL for all tests of the JVM, a fresh database for each, and an engine on it. */
final class LedgerFixture implements AutoCloseable {

  static final Asset EUR = new Asset("EUR", 2);
  static final Asset QXC = new Asset("QXC", 18);
  static final BusinessDate FIRST_DAY = BusinessDate.parse("2027-03-01");

  /** Of the nodes of a test. */
  static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final UuidV7 IDS = new UuidV7(Clock.systemUTC(), new SecureRandom());
  private static EmbeddedPostgres postgres;
  private static int databases;

  private final DataSource database;
  private LedgerSettings settings;
  private LedgerEngine engine;

  LedgerFixture() {
    this(settings());
  }

  LedgerFixture(LedgerSettings settings) {
    this.settings = settings;
    this.database = newDatabase();
    LedgerMigration.migrate(database);
    start(database);
  }

  static LedgerSettings settings() {
    LedgerSettings defaults = LedgerSettings.defaults();
    return new LedgerSettings(
        defaults.batchLines(), defaults.pipelined(), defaults.queuedLines(), defaults.windowIds(), defaults.idSkew(),
        Duration.ofSeconds(30),
        Duration.ofSeconds(3), defaults.projectionEntries(), Duration.ofMillis(20), defaults.rangeEntries(),
        defaults.ibans(),
        defaults.calendar(),
        Optional.of(FIRST_DAY));
  }

  static LedgerSettings settingsWithProjections(int entries) {
    LedgerSettings s = settings();
    return new LedgerSettings(
        s.batchLines(), s.pipelined(), s.queuedLines(), s.windowIds(), s.idSkew(), s.answerTimeout(),
        s.databaseTimeout(), entries,
        s.projectionDelay(), s.rangeEntries(), s.ibans(), s.calendar(), s.firstBusinessDate());
  }

  static LedgerSettings settingsWithWindow(int ids) {
    LedgerSettings s = settings();
    return new LedgerSettings(
        s.batchLines(), s.pipelined(), s.queuedLines(), ids, s.idSkew(), s.answerTimeout(), s.databaseTimeout(),
        s.projectionEntries(),
        s.projectionDelay(), s.rangeEntries(), s.ibans(), s.calendar(), s.firstBusinessDate());
  }

  static LedgerSettings settingsWithRangesOf(int entries) {
    LedgerSettings s = settingsWithWindow(2);
    return new LedgerSettings(
        s.batchLines(), s.pipelined(), s.queuedLines(), s.windowIds(), s.idSkew(), s.answerTimeout(),
        s.databaseTimeout(),
        s.projectionEntries(), s.projectionDelay(), entries, s.ibans(), s.calendar(), s.firstBusinessDate());
  }

  static LedgerSettings settingsWithBatchesOf(int lines, boolean pipelined) {
    LedgerSettings s = settings();
    return new LedgerSettings(
        lines, pipelined, s.queuedLines(), s.windowIds(), s.idSkew(), s.answerTimeout(), s.databaseTimeout(),
        s.projectionEntries(), s.projectionDelay(), s.rangeEntries(), s.ibans(), s.calendar(), s.firstBusinessDate());
  }

  private static synchronized EmbeddedPostgres postgres() {
    if (postgres == null) {
      try {
        postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on").setPGStartupWait(PATIENCE).start();
      } catch (IOException e) {
        throw new IllegalStateException("no PostgreSQL for the tests", e);
      }
    }
    return postgres;
  }

  static int port() {
    return postgres().getPort();
  }

  /** Ends the tests' PostgreSQL while the JVM still has all its time for it. */
  static synchronized void closePostgres() throws IOException {
    if (postgres != null) {
      postgres.close();
      postgres = null;
    }
  }

  static synchronized DataSource newDatabase() {
    String name = "ledger" + ++databases;
    try (Connection connection = postgres().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database for a test", e);
    }
    return postgres().getDatabase("postgres", name);
  }

  DataSource database() {
    return database;
  }

  /** This ledger's database by way of a proxy. */
  DataSource through(ReplyDroppingProxy proxy) {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"localhost"});
    source.setPortNumbers(new int[] {proxy.port()});
    source.setUser("postgres");
    source.setPrepareThreshold(0); // so that each COMMIT travels as text
    try (var connection = database.getConnection()) {
      source.setDatabaseName(connection.getCatalog());
    } catch (SQLException e) {
      throw new IllegalStateException("no database for a test", e);
    }
    return source;
  }

  LedgerEngine engine() {
    return engine;
  }

  /** From now on this is the engine that is asked. */
  void use(LedgerEngine another) {
    engine = another;
  }

  void start(DataSource through) {
    engine = newEngine(through);
  }

  LedgerEngine newEngine(DataSource through) {
    var another = newNode(through, "first");
    await(() -> another.whyNotReady().isEmpty());
    return another;
  }

  /** Returns at once: it leads if nobody else does. */
  LedgerEngine newNode(DataSource through, String name) {
    var another = new LedgerEngine(through, settings, new Node(name, LEASE), Clock.systemUTC());
    another.start(Thread::new);
    return another;
  }

  void restart() {
    engine.close();
    start(database);
  }

  void useWindow(int ids) {
    settings = settingsWithWindow(ids);
  }

  @Override
  public void close() {
    engine.close();
  }

  static UUID newId() {
    return IDS.next();
  }

  Outcome submit(Instruction instruction) {
    return engine.submit(instruction);
  }

  AccountNumber open(Product product) {
    return open(product, EUR);
  }

  AccountNumber open(Product product, Asset asset) {
    var outcome = submit(new OpenAccount(newId(), asset.code(), "Ada", product, Optional.empty(), Optional.empty()));
    return ((LedgerEntry.AccountOpened) ((Outcome.Accepted) outcome).entries().get(0)).account().number();
  }

  static PostTransfers transfer(AccountNumber debit, AccountNumber credit, long cents) {
    return PostTransfers.of(order(newId(), debit, credit, cents));
  }

  static TransferOrder order(UUID id, AccountNumber debit, AccountNumber credit, long cents) {
    return TransferOrder.of(id, debit, credit, Money.ofMinorUnits(cents, EUR));
  }

  long booked(AccountNumber number) {
    return engine.state().committed(number).orElseThrow().booked().toLong();
  }

  /** One figure from the database. */
  long count(String sql) {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  void execute(String sql) {
    try (Connection connection = database.getConnection(); var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  void awaitProjection() {
    await(() -> count("select seq from ledger.projection") == count("select seq from ledger.writer"));
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition did not come true within " + PATIENCE);
      }
      Thread.onSpinWait();
    }
  }

  /** Laws that a query can see; see the handbook's invariants. */
  List<String> brokenLaws() {
    var laws = new ArrayList<String>();
    check(laws, "gapless", "select count(*) from ledger.log having count(*) <> coalesce(max(seq), 0)");
    check(laws, "fence", "select 1 from ledger.writer where seq <> (select coalesce(max(seq), 0) from ledger.log)");
    check(laws, "zero sum", "select 1 from ledger.account group by asset having sum(balance) <> 0");
    check(laws, "running balances", """
        select 1 from (select balance, sum(moved) over (partition by account order by seq) as sum from (
            select seq, debit as account, -amount as moved, debit_balance as balance from ledger.log where kind = 1
            union all select seq, credit, amount, credit_balance from ledger.log where kind = 1) moves) running
        where sum <> balance""");
    check(laws, "snapshot", """
        select 1 from ledger.account a where balance <> coalesce((
            select sum(case when debit = a.number then -amount else amount end) from ledger.log
            where kind = 1 and (debit = a.number or credit = a.number)), 0)""");
    check(laws, "held", """
        select 1 from ledger.account a where held <> coalesce((
            select sum(h.held) from ledger.hold h where h.account = a.number), 0)""");
    check(laws, "holds", """
        select 1 from ledger.hold h where held is distinct from (
            select l.held from ledger.log l where l.hold = h.id order by l.seq desc limit 1)
          or captured <> (select coalesce(sum(l.amount), 0) from ledger.log l where l.hold = h.id and l.kind = 1)""");
    check(laws, "postings", "select 1 where (select coalesce(sum(length(offsets)), 0) / 4 from ledger.posting) <> "
        + "2 * (select count(*) from ledger.log where kind = 1 and seq <= (select seq from ledger.projection))");
    return laws;
  }

  private void check(List<String> laws, String name, String breach) {
    if (count("select count(*) from (" + breach + ") breach") != 0) {
      laws.add(name);
    }
  }
}
