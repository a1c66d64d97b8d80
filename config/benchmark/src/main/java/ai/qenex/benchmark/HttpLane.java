package ai.qenex.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection that speaks just enough HTTP/1.1 (RFC 9112) to drive a server at full load on the same machine without
 * spending much itself: POST and GET, answers with a length or in chunks.
 */
final class HttpLane implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_BODY = 256 << 20;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String head;

  /** An answer. */
  record Answer(int status, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** @throws IllegalStateException unless it is a success */
    Answer expected() {
      if (status / 100 != 2) {
        throw new IllegalStateException("the bank answered " + status + ": " + text());
      }
      return this;
    }
  }

  /** @param token of the client, empty for none */
  HttpLane(URI base, String token) throws IOException {
    socket = new Socket(base.getHost(), base.getPort());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    head = "Host: " + base.getAuthority() + "\r\nAccept: application/json\r\n"
        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n");
  }

  Answer post(String path, String type, byte[] body) throws IOException {
    return send("POST " + path + " HTTP/1.1\r\n" + head + "Content-Type: " + type + "\r\nContent-Length: " + body.length
        + "\r\n\r\n", body);
  }

  Answer get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\n" + head + "\r\n", new byte[0]);
  }

  private Answer send(String request, byte[] body) throws IOException {
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
    return answer();
  }

  private Answer answer() throws IOException {
    String status = line();
    int length = 0;
    boolean chunked = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    return new Answer(Integer.parseInt(status.substring(9, 12)), chunked ? chunks() : bytes(length));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.write(bytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";")[0].strip(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    if (length > MAX_BODY) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > MAX_LINE) {
        throw new EOFException("the server ended the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
