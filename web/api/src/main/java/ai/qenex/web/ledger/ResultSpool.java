package ai.qenex.web.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps results until the body has been read, so that client and server never wait for each other with full buffers:
 * the first {@value #IN_MEMORY} bytes in memory, more in a file that nobody else sees and that goes with it.
 */
final class ResultSpool implements ResultSink, AutoCloseable {

  static final int IN_MEMORY = 1 << 20;

  private final SpoolSpace space;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private FileChannel file;
  private long reserved;

  ResultSpool(SpoolSpace space) {
    this.space = space;
  }

  /** @throws ai.qenex.web.problem.ProblemException 503 if all requests together keep too much */
  @Override
  public void write(byte[] results) throws IOException {
    if (file == null && memory.size() + results.length <= IN_MEMORY) {
      memory.write(results);
      return;
    }
    space.reserve(results.length);
    reserved += results.length;
    if (file == null) {
      Path path = Files.createTempFile("qenex-results", ".tmp");
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);
    }
    for (var left = ByteBuffer.wrap(results); left.hasRemaining();) {
      file.write(left);
    }
  }

  /** Everything that was written, in order. */
  void writeTo(OutputStream out) throws IOException {
    memory.writeTo(out);
    if (file != null) {
      file.position(0);
      InputStream in = Channels.newInputStream(file);
      in.transferTo(out);
    }
  }

  @Override
  public void close() throws IOException {
    space.free(reserved);
    reserved = 0;
    if (file != null) {
      file.close();
    }
  }
}
