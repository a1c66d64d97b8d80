package ai.qenex.web.json;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request body that ends in the problem {@code PAYLOAD_TOO_LARGE} behind its limit. */
public final class BoundedBody extends FilterInputStream {

  /** Limit of a body that is one object, in bytes. */
  public static final int MAX_OBJECT_BYTES = 65_536;

  private final long maxBytes;
  private long left;

  public BoundedBody(InputStream body, long maxBytes) {
    super(body);
    this.maxBytes = maxBytes;
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count(1);
    }
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new ProblemException(Problem.tooLarge(maxBytes));
    }
  }
}
