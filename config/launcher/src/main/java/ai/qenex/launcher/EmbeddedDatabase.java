package ai.qenex.launcher;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A real PostgreSQL of our own, its data in the data folder. Everything that makes a commit durable is on, against the
 * test defaults of the library that brings the binaries. It listens on this machine only and trusts whoever is on it.
 *
 * <p>
 * PostgreSQL refuses to run as root; on Linux it then runs in a user namespace of its own.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  static final String USER = "postgres";
  static final String NAME = "postgres";
  private static final Duration STARTUP = Duration.ofMinutes(2);
  private static final int STOP_SECONDS = 30;
  /** For what still ends of a database that was killed. */
  private static final Duration RESTART = Duration.ofMinutes(1);
  private static final Duration START_PAUSE = Duration.ofMillis(250);
  /** Strongly held, or the level set below would be forgotten with the logger. */
  private static final Logger LIBRARY = Logger.getLogger("io.zonky");

  private final EmbeddedPostgres postgres;
  private final ProcessNote note;
  private final DataFolder folder;

  private EmbeddedDatabase(EmbeddedPostgres postgres, ProcessNote note, DataFolder folder) {
    this.postgres = postgres;
    this.note = note;
    this.folder = folder;
  }

  /**
   * A database without a bank, for a server that something else starts. The folder stays taken until this process ends.
   */
  public static EmbeddedDatabase startAlone(Path data, int port) {
    DataFolder folder = DataFolder.lock(data);
    stopLeftover(folder);
    return start(folder, port);
  }

  /** Starts on what the folder holds, or on an empty database the first time. Returns when it takes connections. */
  static EmbeddedDatabase start(DataFolder folder, int port) {
    LIBRARY.setLevel(Level.WARNING);
    Path log = folder.log().resolve("postgresql.log");
    try {
      requireOrdinaryUser();
      // Earlier banks may have died in the middle of the very first start: what initdb left half done is no database.
      if (Files.exists(folder.database()) && !Files.exists(folder.database().resolve("PG_VERSION"))) {
        Files.move(folder.database(), folder.database().resolveSibling("pg-incomplete-" + System.currentTimeMillis()));
      }
      EmbeddedPostgres postgres = configured(EmbeddedPostgres.builder()).setPort(port).setPGStartupWait(STARTUP)
          .setDataDirectory(folder.database()).setOverrideWorkingDirectory(folder.databasePrograms().toFile())
          .setOutputRedirector(appendTo(log)).setErrorRedirector(appendTo(log)).start();
      ProcessNote note = folder.note("database");
      note.write(postmaster(folder.database()));
      EmbeddedDatabase database = new EmbeddedDatabase(postgres, note, folder);
      database.makeBatchSchema();
      return database;
    } catch (IOException | IllegalStateException e) {
      throw new LaunchRefusedException("PostgreSQL does not start, see " + log, e);
    }
  }

  private static EmbeddedPostgres.Builder configured(EmbeddedPostgres.Builder builder) {
    Map<String, String> settings = Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on",
        "max_connections", "100", "shared_buffers", "1GB", "max_wal_size", "4GB", "min_wal_size", "2GB",
        "checkpoint_timeout", "15min", "wal_buffers", "64MB", "log_min_duration_statement", "5s");
    settings.forEach(builder::setServerConfig);
    return builder.setCleanDataDirectory(false).setRegisterShutdownHook(false).setLocaleConfig("locale", "C")
        .setLocaleConfig("encoding", "UTF-8");
  }

  /** The process that pg_ctl left behind it; the library knows only pg_ctl's, which has ended. */
  private static ProcessHandle postmaster(Path data) throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new IOException("PostgreSQL ended at once"));
  }

  private static ProcessBuilder.Redirect appendTo(Path file) {
    return ProcessBuilder.Redirect.appendTo(new File(file.toString()));
  }

  private static void requireOrdinaryUser() throws IOException {
    if (!isRootOnLinux()) {
      return;
    }
    Process namespace = new ProcessBuilder("unshare", "-U", "true").redirectErrorStream(true).start();
    if (exitCode(namespace) != 0) {
      throw new LaunchRefusedException(
          "PostgreSQL does not run as root and this machine allows no user namespaces: run QENEX as an ordinary user");
    }
  }

  private static boolean isRootOnLinux() {
    return Platform.current() == Platform.LINUX && System.getProperty("user.name").equals("root");
  }

  private static int exitCode(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** The server's batch repository makes its tables itself, but not the schema. */
  private void makeBatchSchema() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema if not exists batch");
    } catch (SQLException e) {
      throw new IllegalStateException("The new database takes no schema", e);
    }
  }

  /**
   * Ends the database on the spot ({@code kill -9}), as a power cut would as far as its processes go.
   *
   * @see #startAgain
   */
  public void kill() {
    note.running().ifPresent(process -> {
      process.destroyForcibly();
      process.onExit().join();
    });
  }

  /** Ends the sessions and then the database, in good order; nothing committed is lost. @see #startAgain */
  public void stopFast() {
    note.running().ifPresent(EmbeddedDatabase::stopFast);
  }

  /** Whether its main process is there. */
  public boolean isRunning() {
    return note.running().isPresent();
  }

  /** Starts what was killed, with the settings it had. Its server processes may still be ending: it is tried again. */
  public void startAgain() {
    File log = folder.log().resolve("postgresql.log").toFile();
    long deadline = System.nanoTime() + RESTART.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        Path control = programs().resolve("pg_ctl");
        List<String> command = new ArrayList<>(isRootOnLinux() ? List.of("unshare", "-U") : List.of());
        // restart, because it takes the options of the last start
        command.addAll(List.of(control.toString(), "-D", folder.database().toString(), "-w", "-t",
            Long.toString(STARTUP.toSeconds()), "restart"));
        Process starting = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start();
        if (exitCode(starting) == 0) {
          note.write(postmaster(folder.database()));
          return;
        }
      } catch (IOException e) {
        throw new LaunchRefusedException("PostgreSQL does not start again, see " + log, e);
      }
      LockSupport.parkNanos(START_PAUSE.toNanos());
    }
    throw new LaunchRefusedException("PostgreSQL does not start again, see " + log);
  }

  /**
   * Where the programs are that it was started with, as PostgreSQL notes itself: the library unpacks them once per
   * process, into the folder of the first database that the process started.
   */
  private Path programs() throws IOException {
    String started = Files.readString(folder.database().resolve("postmaster.opts"));
    return Path.of(started.substring(0, Math.max(0, started.indexOf(" \""))).strip()).getParent();
  }

  /** For clients on this machine. */
  public String jdbcUrl() {
    return postgres.getJdbcUrl(USER, NAME);
  }

  /**
   * Ends what an earlier launcher left running, in good order if it can. A launcher that was killed while PostgreSQL
   * was starting has left no note, but PostgreSQL's own file.
   */
  static void stopLeftover(DataFolder folder) {
    ProcessNote note = folder.note("database");
    Path data = folder.database();
    Optional<ProcessHandle> leftover =
        note.running().or(() -> PostmasterFile.in(data).flatMap(file -> file.running(data)));
    leftover.ifPresent(EmbeddedDatabase::stopFast);
    note.erase();
  }

  /**
   * PostgreSQL's fast shutdown is SIGINT: sessions end, nothing committed is lost. Windows has no signals; there it
   * recovers at the next start.
   */
  private static void stopFast(ProcessHandle process) {
    try {
      if (Platform.current() == Platform.WINDOWS) {
        process.destroyForcibly();
      } else {
        exitCode(new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot stop PostgreSQL, process " + process.pid(), e);
    }
    process.onExit().completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not stop", e);
    }
    note.erase();
  }
}
