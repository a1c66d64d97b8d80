package ai.qenex.benchmark;

import ai.qenex.kernel.Page;
import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.launcher.LaunchSettings;
import ai.qenex.launcher.LocalBank;
import ai.qenex.ledger.AccountHistory;
import ai.qenex.ledger.AccountHistory.Selection;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Span;
import ai.qenex.ledger.service.LedgerEngine;
import ai.qenex.ledger.service.LedgerMigration;
import ai.qenex.ledger.service.LedgerSettings;
import ai.qenex.ledger.service.PagedHistory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Pages of an account with millions of postings, at random depths and in both orders: from the ledger's history, with a
 * projected log and with a tail that is not projected, and over REST.
 */
final class HistoryBenchmark {

  private static final int PAGES = 2_000;
  private static final int WARM_UP = 300;
  private static final int LIMIT = 50;
  private static final int BATCH = 2_048;
  private static final int REST_BATCH = 500;
  private static final int LANES = 4;
  private static final double GOAL_MILLIS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final PrintStream out;

  HistoryBenchmark(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  void run() throws SQLException, InterruptedException, IOException {
    var table = new MarkdownTable(String.format(Locale.ROOT, "pages of %d, account of %,d postings", LIMIT,
        settings.postings()), "p50 / p99 / max ms");
    overTheService(table);
    overRest(table);
    out.println(table);
    out.println("load at the end: " + Machine.state() + "\n");
  }

  private void overTheService(MarkdownTable table) throws SQLException, InterruptedException {
    Path data = settings.work().resolve("history-" + System.currentTimeMillis());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.startAlone(data, settings.databasePort())) {
      var database = new PGSimpleDataSource();
      database.setUrl(postgres.jdbcUrl());
      LedgerMigration.migrate(database);
      try (LedgerEngine engine = new LedgerEngine(database, LedgerSettings.defaults(), Clock.systemUTC())) {
        engine.start(Thread::new);
        if (!engine.awaitStart(Duration.ofMinutes(1))) {
          throw new IllegalStateException("the engine does not start");
        }
        HotAccountLoad load = HotAccountLoad.prepare(engine);
        Instant start = Instant.now();
        load.post(settings.postings(), LANES, BATCH);
        measure(table, database, engine, new Booked(load.hot(), start, Instant.now()));
      }
    }
  }

  private record Booked(AccountNumber account, Instant from, Instant to) {}

  private void measure(MarkdownTable table, PGSimpleDataSource database, LedgerEngine engine, Booked booked)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      var pages = new PagedHistory(OneConnection.of(connection), engine);
      table.row("service, " + (engine.state().committedSeq() - engine.watermark()) + " entries not projected",
          pages(pages, booked).toString());
      while (engine.watermark() < engine.state().committedSeq()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      Latencies projected = pages(pages, booked);
      table.row("service, all projected", projected.toString());
      out.println(verdict(projected));
    }
  }

  private static String verdict(Latencies latencies) {
    return String.format(Locale.ROOT, "- page p99 %.2f ms, goal below %.0f: %s", latencies.millisAt(99), GOAL_MILLIS,
        latencies.millisAt(99) < GOAL_MILLIS ? "reached" : "MISSED");
  }

  private static Latencies pages(AccountHistory history, Booked booked) {
    var random = new SplittableRandom();
    var latencies = new Latencies();
    for (int i = 0; i < PAGES + WARM_UP; i++) {
      HistoryOrder order = random.nextBoolean() ? HistoryOrder.NEWEST_FIRST : HistoryOrder.OLDEST_FIRST;
      Instant depth = moment(random, booked);
      Span span = order == HistoryOrder.NEWEST_FIRST
          ? new Span.Booked(Instant.EPOCH, depth)
          : new Span.Booked(depth, booked.to);
      Optional<String> cursor = history.page(booked.account, new Selection(span, order), 1, Optional.empty()).next();
      long start = System.nanoTime();
      Page<TransferPosted> page =
          history.page(booked.account, new Selection(new Span.Whole(), order), LIMIT, cursor);
      if (i >= WARM_UP) {
        latencies.add(System.nanoTime() - start);
      }
      if (page.items().isEmpty()) {
        throw new IllegalStateException("a page of the middle is empty");
      }
    }
    return latencies;
  }

  private static Instant moment(SplittableRandom random, Booked booked) {
    return booked.from.plusNanos((long) (random.nextDouble() * Duration.between(booked.from, booked.to).toNanos()));
  }

  private void overRest(MarkdownTable table) throws IOException {
    try (LocalBank bank = LocalBank.start(LaunchSettings.ofProcess(), line -> {})) {
      BankLoad load = BankLoad.prepare(bank.baseUrl(), 1_000);
      Instant start = Instant.now();
      long posted = 0;
      try (Stretch.Lane lane = load.hotBatches(REST_BATCH)) {
        while (posted < settings.restPostings()) {
          posted += lane.work();
        }
      } catch (SQLException e) {
        throw new IllegalStateException("HTTP knows no SQL", e);
      }
      Instant end = Instant.now();
      String path = "/api/v1/accounts/" + load.customers().get(0).id() + "/transfers?limit=";
      var booked = new Booked(new AccountNumber(1), start, end);
      var latencies = new Latencies();
      var random = new SplittableRandom();
      try (HttpLane lane = load.lane()) {
        for (int i = 0; i < PAGES + WARM_UP; i++) {
          JsonNode deep = JSON.readTree(lane.get(path + "1&to=" + moment(random, booked)).expected().body());
          if (deep.path("next").isMissingNode()) {
            continue;
          }
          long begun = System.nanoTime();
          lane.get(path + LIMIT + "&cursor=" + deep.get("next").textValue()).expected();
          if (i >= WARM_UP) {
            latencies.add(System.nanoTime() - begun);
          }
        }
      }
      table.row(String.format(Locale.ROOT, "REST, %,d postings", posted), latencies.toString());
      out.println(verdict(latencies));
    }
  }
}
