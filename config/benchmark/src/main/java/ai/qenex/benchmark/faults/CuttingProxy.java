package ai.qenex.benchmark.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between the engine and PostgreSQL. Of the commits of log entries it passes every so many-th on, keeps the
 * answer to itself and cuts the line: nobody on this side can know what became of it.
 */
final class CuttingProxy implements AutoCloseable {

  /** No command of the writer is longer, but its COPY data is. */
  private static final int LONGEST_COMMAND = 32 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final int target;
  private final int everySoMany;
  private final ServerSocket server;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean away;

  /** @param everySoMany zero: cuts nothing by itself */
  CuttingProxy(int target, int everySoMany) {
    this.target = target;
    this.everySoMany = everySoMany;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many answers to a commit were lost. */
  int cuts() {
    return cuts.get();
  }

  /** Cuts all lines and refuses new ones until {@link #comeBack}. */
  void goAway() {
    away = true;
    open.forEach(CuttingProxy::end);
  }

  void comeBack() {
    away = false;
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        if (away) {
          client.close();
          continue;
        }
        open.add(client);
        connect(client);
      }
    } catch (IOException closed) {
      // the run is over
    }
  }

  private void connect(Socket client) {
    try {
      var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
      daemon(line::requests);
      daemon(line::replies);
    } catch (IOException databaseAway) {
      end(client);
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(CuttingProxy::end);
  }

  /** One client's connection. */
  private final class Line {

    private final Socket client;
    private final Socket database;
    private final WriterCommits known = new WriterCommits();
    private volatile boolean swallowing;

    Line(Socket client, Socket database) {
      this.client = client;
      this.database = database;
    }

    void requests() {
      var buffer = new byte[BUFFER];
      try (InputStream in = client.getInputStream(); OutputStream out = database.getOutputStream()) {
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          String command = length > LONGEST_COMMAND ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
          swallowing |= known.isCommit(command) && everySoMany > 0 && commits.incrementAndGet() % everySoMany == 0;
          out.write(buffer, 0, length);
          out.flush();
        }
      } catch (IOException cut) {
        // either side went away
      }
    }

    void replies() {
      var buffer = new byte[BUFFER];
      try (InputStream in = database.getInputStream(); OutputStream out = client.getOutputStream()) {
        for (int length = in.read(buffer); length >= 0 && !swallowing; length = in.read(buffer)) {
          out.write(buffer, 0, length);
          out.flush();
        }
      } catch (IOException cut) {
        // either side went away
      }
      if (swallowing) {
        cuts.incrementAndGet();
      }
      open.remove(client);
      end(client);
      end(database);
    }
  }
}
