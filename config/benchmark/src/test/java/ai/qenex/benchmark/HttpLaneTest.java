package ai.qenex.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lean client against the JDK's own server. */
class HttpLaneTest {

  private HttpServer server;
  private URI base;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/echo", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      byte[] answer = (token + " " + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
      // a length of zero means chunks
      exchange.sendResponseHeaders(200, exchange.getRequestURI().getPath().endsWith("chunked") ? 0 : answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.createContext("/no", exchange -> {
      exchange.sendResponseHeaders(403, -1);
      exchange.close();
    });
    server.start();
    base = URI.create("http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void sendsManyRequestsOnOneConnection() throws IOException {
    try (var lane = new HttpLane(base, "t")) {
      for (String path : new String[] {"/echo", "/echo/chunked", "/echo"}) {
        String body = "x".repeat(100_000);
        assertEquals("Bearer t " + body,
            lane.post(path, "text/plain", body.getBytes(StandardCharsets.UTF_8)).expected().text());
        assertEquals("Bearer t ", lane.get(path).expected().text());
      }
      assertEquals(403, lane.get("/no").status());
      assertThrows(IllegalStateException.class, () -> lane.get("/no").expected());
      assertEquals(200, lane.get("/echo").status());
    }
  }
}
