package ai.qenex.systemtest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends whatever bytes it likes, whenever it likes. */
final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int MOST = 100_000;

  private final Socket socket;

  RawHttp(RunningBank bank) throws IOException {
    this(bank, "127.0.0.1");
  }

  /** @param from a loopback address to come from */
  RawHttp(RunningBank bank, String from) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", bank.baseUrl().getPort()), 10_000);
  }

  static String head(String method, String path, String... fields) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** @return whether the other side still listens */
  boolean send(String latin1) {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Nothing more is sent. */
  void finish() {
    try {
      socket.shutdownOutput();
    } catch (IOException closed) {
      // the other side was faster
    }
  }

  /** Whatever comes until the other side closes or an answer is complete; empty if it closes without a word. */
  String answer() throws IOException {
    var bytes = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    try {
      for (int next = in.read(); next >= 0 && bytes.size() < MOST; next = in.read()) {
        bytes.write(next);
        if (next == '\n' || next == '}') {
          String soFar = bytes.toString(StandardCharsets.ISO_8859_1);
          if (isWhole(soFar)) {
            return soFar;
          }
        }
      }
    } catch (SocketException reset) {
      return bytes.toString(StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException late) {
      throw new AssertionError("the server neither answers nor closes: " + bytes, late);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean isWhole(String answer) {
    int body = answer.indexOf("\r\n\r\n") + 4;
    int field = answer.toLowerCase(Locale.ROOT).indexOf("content-length:");
    if (body < 4 || field < 0 || field > body) {
      return body >= 4 && answer.endsWith("\r\n0\r\n\r\n");
    }
    String length = answer.substring(field + 15, answer.indexOf("\r\n", field)).strip();
    return answer.length() - body >= Integer.parseInt(length);
  }

  /** The status of an answer, 0 if there was none. */
  static int statusOf(String answer) {
    return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9, 12));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
