package ai.qenex.benchmark.faults;

import ai.qenex.benchmark.faults.Clients.Manner;
import ai.qenex.benchmark.faults.Report.Fault;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The database's disk is full: a small file system of its own is filled to the last byte under load, and freed again. A
 * PostgreSQL that gave up on the way is started again, as a service manager does. Needs the right to mount.
 */
public final class DiskDriver {

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration FULL = Duration.ofSeconds(8);
  private static final Duration PACE = Duration.ofMillis(1);
  private static final int CLIENTS = 8;
  private static final int ENOUGH = 50;
  private static final int BLOCK = 64 * 1024;

  private final FaultSettings settings;
  private final Report report;

  public DiskDriver(FaultSettings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** Does nothing but say so where nothing can be mounted. */
  public void run(int times) throws SQLException, IOException {
    Path disk = Files.createDirectories(settings.fresh("disk"));
    if (!succeeds("mount", "-t", "tmpfs", "-o", "size=500m,mode=0777", "tmpfs", disk.toString())) {
      report.skip("disk full", "this machine does not let us mount a small file system");
      return;
    }
    try {
      fillAndFree(times, disk);
    } finally {
      succeeds("umount", "-l", disk.toString());
    }
  }

  private void fillAndFree(int times, Path disk) throws SQLException {
    try (var ground = new Ground(disk.resolve("bank")); var engine = Ground.started(
        new LedgerEngine(ground.source(), LedgerSettings.defaults(), Clock.systemUTC()))) {
      var bank = new EngineBank(() -> engine, ground.accounts());
      var clients = new Clients(bank, new Manner("disk", CLIENTS, Ground.ACCOUNTS, PACE, true));
      Duration worst = Duration.ZERO;
      try (clients) {
        for (int i = 0; i < times; i++) {
          clients.awaitMore(ENOUGH);
          Duration outage = clients.outage(() -> once(ground, disk.resolve("ballast")));
          worst = outage.compareTo(worst) > 0 ? outage : worst;
        }
      }
      try (Connection database = ground.connection()) {
        report.add(new Fault("disk full for 8 s", times, worst, RECOVERY),
            ground.books().judge(database, List.of(clients)), List.of(clients));
      }
      bank.unclear().forEach(answer -> report.complain("disk full: unclear: " + answer));
      if (clients.count(Reply.LATER) == 0) {
        report.complain("disk full: nobody was told to come back, so it was not full");
      }
    }
  }

  private static void once(Ground ground, Path ballast) {
    long end = System.nanoTime() + FULL.toNanos();
    while (System.nanoTime() < end) {
      fill(ballast);
      TroublesDriver.pause(Duration.ofMillis(50));
    }
    try {
      Files.delete(ballast);
    } catch (IOException e) {
      throw new UncheckedIOException("the ballast stays", e);
    }
    if (!ground.database().isRunning()) {
      ground.database().startAgain();
    }
  }

  /** Takes what is left, to the last block. */
  private static void fill(Path ballast) {
    try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE,
        StandardOpenOption.APPEND)) {
      var block = new byte[BLOCK];
      while (Files.getFileStore(ballast).getUsableSpace() > 0) {
        out.write(block);
      }
    } catch (IOException full) {
      // that is what we want
    }
  }

  private static boolean succeeds(String... command) throws IOException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start().waitFor() == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
