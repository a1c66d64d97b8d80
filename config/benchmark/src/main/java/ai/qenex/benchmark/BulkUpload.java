package ai.qenex.benchmark;

import ai.qenex.kernel.UuidV7;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** One request of a million transfers in CSV; every result and every balance it moves is looked at. */
final class BulkUpload {

  private static final int ROWS = 1_000_000;
  private static final int TARGETS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final BankLoad load;
  private final Stretch stretch;
  private final long serverPid;
  private final PrintStream out;
  private final long firstMillis = System.currentTimeMillis();

  BulkUpload(BankLoad load, Stretch stretch, long serverPid, PrintStream out) {
    this.load = load;
    this.stretch = stretch;
    this.serverPid = serverPid;
    this.out = out;
  }

  /** @param rounds how often the same rows are sent; from the second on they are all known */
  void run(int rounds) throws IOException {
    String source = load.open("internal");
    List<String> targets = new ArrayList<>();
    for (int i = 0; i < TARGETS; i++) {
      targets.add(load.open("current"));
    }
    for (int round = 1; round <= rounds; round++) {
      long before = ProcessTimes.residentMebibytes(serverPid);
      Duration cpu = stretch.server();
      long start = System.nanoTime();
      long results = send(source, targets);
      double seconds = (System.nanoTime() - start) / 1e9;
      double micros = stretch.server().minus(cpu).toNanos() / 1e3 / ROWS;
      out.printf(Locale.ROOT,
          "%,d transfers in one request (CSV), %s: %.1f s, %,.0f/s, server %.1f us each, %,d results in order,"
              + " server %d MiB resident before and %d after%n",
          ROWS, round == 1 ? "new" : "sent again", seconds, ROWS / seconds, micros, results, before,
          ProcessTimes.residentMebibytes(serverPid));
    }
    requireBalances(targets);
    out.println("every balance is what the rows come to\n");
  }

  private long send(String source, List<String> targets) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(load.base().resolve("/api/v1/transfers/batch")).timeout(PATIENCE)
        .header("Authorization", "Bearer " + load.token()).header("Content-Type", "text/csv")
        .POST(BodyPublishers.ofInputStream(() -> new Rows(i -> row(i, source, targets)))).build();
    try {
      HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("the bank answered " + answer.statusCode() + ": "
            + new String(answer.body().readNBytes(500), StandardCharsets.UTF_8));
      }
      return requireResults(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the benchmark was interrupted", e);
    }
  }

  private long requireResults(InputStream body) throws IOException {
    try (var rows = new BufferedReader(new InputStreamReader(body, StandardCharsets.US_ASCII))) {
      rows.readLine();
      for (int i = 0; i < ROWS; i++) {
        String row = rows.readLine();
        if (row == null || !row.startsWith(id(i) + ",posted,")) {
          throw new IllegalStateException("result " + i + " is " + row);
        }
      }
      if (rows.readLine() != null) {
        throw new IllegalStateException("there are more results than rows");
      }
      return ROWS;
    }
  }

  private void requireBalances(List<String> targets) throws IOException {
    for (int target = 0; target < TARGETS; target++) {
      long cents = 0;
      for (int i = target; i < ROWS; i += TARGETS) {
        cents += cents(i);
      }
      String booked = load.booked(targets.get(target));
      if (!booked.equals(decimal(cents))) {
        throw new IllegalStateException(targets.get(target) + " has " + booked + " instead of " + decimal(cents));
      }
    }
  }

  private String row(int i, String source, List<String> targets) {
    return id(i) + "," + source + "," + targets.get(i % TARGETS) + "," + decimal(cents(i)) + ",EUR\r\n";
  }

  private UUID id(int i) {
    return UuidV7.of(firstMillis, i >>> 20, i * 0x9E37_79B9_7F4A_7C15L);
  }

  private static int cents(int i) {
    return 1 + i % 997;
  }

  private static String decimal(long cents) {
    return cents / 100 + "." + cents / 10 % 10 + cents % 10;
  }

  private interface RowMaker {
    String row(int i);
  }

  /** The body, made while it is sent. */
  private static final class Rows extends InputStream {

    private final RowMaker maker;
    private byte[] row = "id,debit,credit,amount,asset\r\n".getBytes(StandardCharsets.US_ASCII);
    private int at;
    private int made;

    Rows(RowMaker maker) {
      this.maker = maker;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read = 0;
      while (read < length && (at < row.length || next())) {
        int some = Math.min(length - read, row.length - at);
        System.arraycopy(row, at, buffer, offset + read, some);
        at += some;
        read += some;
      }
      return read == 0 && length > 0 ? -1 : read;
    }

    private boolean next() {
      if (made == ROWS) {
        return false;
      }
      row = maker.row(made++).getBytes(StandardCharsets.US_ASCII);
      at = 0;
      return true;
    }
  }
}
