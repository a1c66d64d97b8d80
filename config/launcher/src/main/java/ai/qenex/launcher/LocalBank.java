package ai.qenex.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One running bank on this machine: the database, and the server with the EAR. Starting one ends what a killed launcher
 * left in its folder.
 */
public final class LocalBank implements AutoCloseable {

  private final LaunchSettings settings;
  private final Map<String, String> properties;
  private final DataFolder folder;
  private EmbeddedDatabase database;
  private BankServer server;
  private boolean closed;

  private LocalBank(LaunchSettings settings, Map<String, String> properties, DataFolder folder) {
    this.settings = settings;
    this.properties = properties;
    this.folder = folder;
  }

  /**
   * Starts a bank and waits until it takes requests.
   *
   * @param story is told each step in a few words
   * @throws LaunchRefusedException with the one line why not; nothing is left running then
   */
  public static LocalBank start(LaunchSettings settings, Consumer<String> story) {
    return start(settings, Map.of(), story);
  }

  /**
   * Starts a bank that differs from what this process is told.
   *
   * @param properties of the bank's own configuration, which this one's server gets beside those of this process
   */
  public static LocalBank start(LaunchSettings settings, Map<String, String> properties, Consumer<String> story) {
    LocalBank bank = prepare(settings, properties);
    try {
      bank.open(story);
      return bank;
    } catch (LaunchRefusedException e) {
      bank.close();
      throw e;
    }
  }

  /** Checks all that can be checked, takes the data folder and ends what was left in it; nothing of ours runs yet. */
  static LocalBank prepare(LaunchSettings settings) {
    return prepare(settings, Map.of());
  }

  private static LocalBank prepare(LaunchSettings settings, Map<String, String> properties) {
    Preconditions.check(settings);
    LocalBank bank = new LocalBank(settings, properties, DataFolder.lock(settings.data()));
    try {
      stopLeftovers(bank.folder);
      Preconditions.checkPortsFree(settings.ports());
      return bank;
    } catch (LaunchRefusedException e) {
      bank.close();
      throw e;
    }
  }

  /**
   * Ends what a killed process left running in a data folder, so that the folder can be deleted.
   *
   * @throws LaunchRefusedException if somebody alive holds the folder
   */
  public static void stopLeftovers(Path data) {
    try (DataFolder folder = DataFolder.lock(data)) {
      stopLeftovers(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder's lock cannot be closed", e);
    }
  }

  private static void stopLeftovers(DataFolder folder) {
    BankServer.stopLeftover(folder.note("server"));
    EmbeddedDatabase.stopLeftover(folder);
  }

  /** Starts the parts in order and waits until the bank takes requests. */
  void open(Consumer<String> story) {
    story.accept("starting PostgreSQL on port " + settings.ports().database());
    startDatabase();
    story.accept("starting the server on port " + settings.ports().http());
    startServer();
    server.awaitReady(settings.baseUrl());
  }

  private synchronized void startDatabase() {
    refuseIfClosed();
    database = EmbeddedDatabase.start(folder, settings.ports().database());
  }

  private synchronized void startServer() {
    refuseIfClosed();
    server = BankServer.start(folder, settings, properties);
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new LaunchRefusedException("Stopped while starting");
    }
  }

  /**
   * Starts the server again after it was killed or stopped, on the same database, and waits until it takes requests.
   */
  public void restartServer() {
    startServer();
    server.awaitReady(settings.baseUrl());
  }

  public URI baseUrl() {
    return settings.baseUrl();
  }

  /** Where the bank writes statements and settlement messages. */
  Path files() {
    String elsewhere = System.getProperty("qenex.files", "");
    return elsewhere.isBlank() ? folder.files() : Path.of(elsewhere);
  }

  public BankServer server() {
    return server;
  }

  public EmbeddedDatabase database() {
    return database;
  }

  public LaunchSettings settings() {
    return settings;
  }

  /**
   * Stops the server, then the database, then frees the folder. At any moment of a start, from any thread, and more
   * than once.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (server != null) {
      server.stop();
    }
    if (database != null) {
      database.close();
    }
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The data folder's lock cannot be closed", e);
    }
  }
}
