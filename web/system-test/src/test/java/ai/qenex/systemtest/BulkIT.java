package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams of transfers: long ones, broken ones, and results that come while the body is still sent. */
class BulkIT {

  private static final String BATCH = "/api/v1/transfers/batch";
  private static final String CSV = "text/csv";
  private static final String NDJSON = "application/x-ndjson";
  private static final int MANY = 100_000;

  private final Api teller = Api.as("teller");
  private final String source = Api.as("operator").open("EUR", "internal").path("id").asText();

  @Test
  void postsAHundredThousandRowsInOneRequest() throws Exception {
    List<String> targets = IntStream.range(0, 20).mapToObj(i -> open()).toList();
    List<UUID> ids = ids(MANY);
    HttpRequest request = request(CSV, BATCH)
        .POST(BodyPublishers.ofInputStream(() -> new RowStream(MANY, i -> row(ids.get(i), targets.get(i % 20), i))))
        .build();
    for (int round = 0; round < 2; round++) {
      HttpResponse<InputStream> answer = client().send(request, BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith(CSV));
      assertPosted(answer.body(), ids);
    }
    for (int target = 0; target < 20; target++) {
      long cents = 0;
      for (int i = target; i < MANY; i += 20) {
        cents += 1 + i % 100;
      }
      assertEquals(decimal(cents), teller.booked(targets.get(target)));
    }
  }

  @Test
  void readsQuotesColumnsInAnyOrderAndAnswersAsAsked() {
    String target = open();
    String id = UUID.randomUUID().toString();
    String body = "amount,reference,asset,credit,debit,valueDate,id\r\n"
        + "1.00,\"Miete, \"\"März\"\"\",EUR," + target + "," + source + ",2027-03-01," + id + "\r\n"
        + "1.00,,EUR," + target + ",nobody,,\r\n1.001,,EUR," + target + "," + source + ",,\n"
        + "1.00,\"two\nlines\",EUR," + target + "," + source + ",,\n\n1.00,,EUR," + target + "," + source + ",\n"
        + "2.00,,EUR," + target + "," + source + ",,";
    Api.Answer answer = teller.send(teller.request(BATCH, "Accept", NDJSON).header("Content-Type", CSV)
        .POST(BodyPublishers.ofString(body))).expect(200);
    List<String> lines = answer.raw().body().lines().toList();
    assertEquals(NDJSON, answer.header("Content-Type"));
    assertEquals(6, lines.size(), () -> answer.raw().body());
    assertTrue(lines.get(0).contains("\"posted\""), lines.get(0));
    assertTrue(lines.get(1).contains("ACCOUNT_NOT_FOUND"), lines.get(1));
    assertTrue(lines.get(2).contains("\"path\":\"/amount\""), lines.get(2));
    assertTrue(lines.get(3).contains("\"path\":\"/reference\""), lines.get(3));
    assertTrue(lines.get(4).contains("as many fields"), lines.get(4));
    assertTrue(lines.get(5).contains("\"posted\""), lines.get(5));
    assertEquals("3.00", teller.booked(target));
    assertEquals("Miete, \"März\"", teller.get("/api/v1/transfers/" + id).text("reference"));
  }

  @Test
  void stopsWhereRowsCannotBeToldApart() {
    String target = open();
    String head = "debit,credit,amount,asset,reference\n";
    String good = source + "," + target + ",1.00,EUR,";
    String body = head + good + "\n" + good + "\"never closed\n" + (good + "\n").repeat(300);
    List<String> rows = teller.postAs(CSV, BATCH, body).expect(200).raw().body().lines().toList();
    assertEquals(3, rows.size(), rows::toString);
    assertTrue(rows.get(2).startsWith(",stopped,,INVALID_REQUEST,,\"line 3"), rows.get(2));
    assertEquals("1.00", teller.booked(target));
    teller.postAs(CSV, BATCH + "?atomic=true", body).expectProblem(400, "INVALID_REQUEST");
    teller.postAs(CSV, BATCH, "debit,credit,amount\n").expectInvalid("/asset");
    teller.postAs(CSV, BATCH, "").expectInvalid("");
    teller.postAs(CSV, BATCH + "?results=sometimes", head).expectInvalid("results");
  }

  @Test
  void postsAllRowsOrNone() {
    String target = open();
    String poor = open();
    String head = "debit,credit,amount,asset\n";
    String good = source + "," + target + ",0.01,EUR\n";
    List<String> refused = teller.postAs(CSV, BATCH + "?atomic=true", head + good + poor + "," + target + ",1,EUR\n")
        .expect(200).raw().body().lines().toList();
    assertTrue(refused.get(1).contains(",refused,,LINKED_TRANSFER_REFUSED"), refused::toString);
    assertTrue(refused.get(2).contains(",refused,,EXCEEDS_AVAILABLE_BALANCE"), refused::toString);
    teller.postAs(CSV, BATCH + "?atomic=true", head + good.repeat(10_001)).expectInvalid("");
    assertEquals("0.00", teller.booked(target));
    assertEquals(10_001, teller.postAs(CSV, BATCH + "?atomic=true", head + good.repeat(10_000)).expect(200).raw()
        .body().lines().count());
    assertEquals("100.00", teller.booked(target));
  }

  /** The client sends the next part only when it has read results of the first. */
  @Test
  void answersWhileTheBodyIsStillSent() throws Exception {
    String target = open();
    List<UUID> ids = ids(6_000);
    try (Socket socket = new Socket("localhost", teller.bank().baseUrl().getPort())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      var answer = new java.io.BufferedReader(
          new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      out.write(head(BATCH + "?results=streamed"));
      chunk(out, ids.subList(0, 5_000), target);
      String line = answer.readLine();
      assertTrue(line.contains(" 200 "), line);
      while (!line.contains("\"posted\"")) {
        line = answer.readLine();
      }
      assertTrue(line.contains(ids.get(0).toString()), line);
      chunk(out, ids.subList(5_000, 6_000), target);
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      for (int i = 1; i < 6_000;) {
        line = answer.readLine();
        if (line.contains("\"status\"")) {
          assertTrue(line.contains(ids.get(i).toString()) && line.contains("posted"), line);
          i++;
        }
      }
    }
    assertEquals("60.00", teller.booked(target));
  }

  /** What a broken connection left half done, the same request completes: nothing is lost and nothing done twice. */
  @Test
  void completesWhatABrokenConnectionLeft() throws Exception {
    String target = open();
    List<UUID> ids = ids(20_000);
    try (Socket socket = new Socket("localhost", teller.bank().baseUrl().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(BATCH));
      chunk(out, ids.subList(0, 7_500), target);
    }
    String body = lines(ids, target);
    List<String> results = teller.postAs(NDJSON, BATCH, body).expect(200).raw().body().lines().toList();
    assertEquals(20_000, results.size());
    for (int i = 0; i < results.size(); i++) {
      assertTrue(results.get(i).contains(ids.get(i).toString()) && results.get(i).contains("posted"), results.get(i));
    }
    assertEquals("200.00", teller.booked(target));
    assertEquals(results, teller.postAs(NDJSON, BATCH, body).expect(200).raw().body().lines().toList());
  }

  /** A key makes ids of its own for rows without: the same rows under the same key are the same transfers. */
  @Test
  void derivesTheIdsOfAStreamFromItsKey() {
    String target = open();
    String body = "debit,credit,amount,asset\n" + (source + "," + target + ",0.01,EUR\n").repeat(3_000);
    String first = keyed(body, "rows-" + target);
    assertEquals(first, keyed(body, "rows-" + target));
    assertEquals("30.00", teller.booked(target));
  }

  private String keyed(String body, String key) {
    return teller.send(teller.request(BATCH, "Idempotency-Key", key).header("Content-Type", CSV)
        .POST(BodyPublishers.ofString(body))).expect(200).raw().body();
  }

  private byte[] head(String path) {
    return ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + teller.bank().token("teller")
        + "\r\nContent-Type: " + NDJSON + "\r\nTransfer-Encoding: chunked\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void chunk(OutputStream out, List<UUID> ids, String target) throws IOException {
    byte[] lines = lines(ids, target).getBytes(StandardCharsets.US_ASCII);
    out.write((Integer.toHexString(lines.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(lines);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private String lines(List<UUID> ids, String target) {
    var lines = new StringBuilder();
    for (UUID id : ids) {
      Map<String, String> order = Api.order(source, target, "0.01", "EUR");
      order.put("id", id.toString());
      lines.append(Api.json(order)).append('\n');
    }
    return lines.toString();
  }

  private String row(UUID id, String target, int i) {
    return id + "," + source + "," + target + "," + decimal(1 + i % 100) + ",EUR\r\n";
  }

  private static String decimal(long cents) {
    return cents / 100 + "." + cents / 10 % 10 + cents % 10;
  }

  private static void assertPosted(InputStream results, List<UUID> ids) throws IOException {
    try (var reader = new java.io.BufferedReader(new java.io.InputStreamReader(results, StandardCharsets.US_ASCII))) {
      assertEquals("id,status,seq,code,path,detail", reader.readLine());
      long seq = 0;
      for (UUID id : ids) {
        String[] fields = reader.readLine().split(",");
        assertEquals(id + " posted", fields[0] + ' ' + fields[1]);
        assertTrue(Long.parseLong(fields[2]) > seq, fields[2]);
        seq = Long.parseLong(fields[2]);
      }
      assertEquals(null, reader.readLine());
    }
  }

  private static List<UUID> ids(int count) {
    List<UUID> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(UUID.randomUUID());
    }
    return ids;
  }

  private String open() {
    return teller.open("EUR", "current").path("id").asText();
  }

  private HttpRequest.Builder request(String type, String path) {
    return teller.request(path).header("Content-Type", type).timeout(Duration.ofMinutes(2));
  }

  private static java.net.http.HttpClient client() {
    return java.net.http.HttpClient.newHttpClient();
  }

  /** A header and rows, made while they are sent. */
  private static final class RowStream extends InputStream {

    private final Iterator<byte[]> rows;
    private byte[] row = "id,debit,credit,amount,asset\r\n".getBytes(StandardCharsets.US_ASCII);
    private int at;

    RowStream(int count, java.util.function.IntFunction<String> maker) {
      rows = IntStream.range(0, count).mapToObj(maker).map(text -> text.getBytes(StandardCharsets.US_ASCII)).iterator();
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
      if (!rows.hasNext()) {
        return false;
      }
      row = rows.next();
      at = 0;
      return true;
    }
  }
}
