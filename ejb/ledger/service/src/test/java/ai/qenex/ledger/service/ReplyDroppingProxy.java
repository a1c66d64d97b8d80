package ai.qenex.ledger.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a client and PostgreSQL. Once told to, it passes the next COMMIT on, swallows the answer and cuts the
 * line: the client cannot know what became of it.
 */
final class ReplyDroppingProxy implements AutoCloseable {

  /** How a commit can be lost. */
  enum Loss {
    /** The database commits; the answer is lost. */
    REPLY,
    /** The database never sees the COMMIT. */
    REQUEST
  }

  /** No command of the writer is longer, but its COPY data is. */
  private static final int LONGEST_COMMAND = 32 * 1024;

  private final int target;
  private final ServerSocket server;
  private final AtomicBoolean armed = new AtomicBoolean();
  private final AtomicInteger losses = new AtomicInteger();
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private volatile Loss loss = Loss.REPLY;
  private volatile boolean away;
  private volatile CountDownLatch frozen = new CountDownLatch(0);

  ReplyDroppingProxy(int target) {
    this.target = target;
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

  /** How many commits were lost so far. */
  int losses() {
    return losses.get();
  }

  void loseNextCommit(Loss how) {
    loss = how;
    armed.set(true);
  }

  /** Cuts every line and refuses new ones until {@link #comeBack}. */
  void goAway() throws IOException {
    away = true;
    for (Line line : lines) {
      line.cut();
    }
  }

  /** Passes nothing on until {@link #thaw}, and cuts no line: as if the client's process were stopped. */
  void freeze() {
    frozen = new CountDownLatch(1);
  }

  void thaw() {
    frozen.countDown();
  }

  void comeBack() {
    away = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        if (away) {
          client.close();
          continue;
        }
        var line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), target));
        lines.add(line);
        daemon(line::pumpRequests);
        daemon(line::pumpReplies);
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** One client's connection. */
  private final class Line {

    private final Socket client;
    private final Socket database;
    private final WriterCommits commits = new WriterCommits();
    private volatile boolean swallowing;

    Line(Socket client, Socket database) {
      this.client = client;
      this.database = database;
    }

    void pumpRequests() {
      var buffer = new byte[64 * 1024];
      try (InputStream in = client.getInputStream(); OutputStream out = database.getOutputStream()) {
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          String command = length > LONGEST_COMMAND ? "" : new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
          awaitThaw();
          boolean lose = commits.isCommit(command) && armed.compareAndSet(true, false);
          swallowing |= lose;
          if (lose && loss == Loss.REQUEST) {
            lost();
            return;
          }
          out.write(buffer, 0, length);
          out.flush();
        }
      } catch (IOException cut) {
        // either side went away
      }
    }

    void pumpReplies() {
      var buffer = new byte[64 * 1024];
      try (InputStream in = database.getInputStream(); OutputStream out = client.getOutputStream()) {
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          awaitThaw();
          if (swallowing) {
            lost();
            return;
          }
          out.write(buffer, 0, length);
          out.flush();
        }
      } catch (IOException cut) {
        // either side went away
      }
    }

    private void awaitThaw() throws InterruptedIOException {
      try {
        frozen.await();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    private void lost() throws IOException {
      losses.incrementAndGet();
      cut();
    }

    void cut() throws IOException {
      client.close();
      database.close();
    }
  }
}
