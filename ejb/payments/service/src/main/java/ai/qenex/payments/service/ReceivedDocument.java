package ai.qenex.payments.service;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A document on its way in: whoever reads it makes, in passing, its hash and a gzip copy in a temporary file. */
final class ReceivedDocument extends FilterInputStream {

  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest;
  private final Path copy;
  private final OutputStream zip;

  ReceivedDocument(InputStream document) throws IOException {
    super(document);
    digest = sha256();
    copy = Files.createTempFile("qenex-payment-file", ".gz");
    zip = new FastGzip(Files.newOutputStream(copy));
  }

  /** The gzip copy, complete once the stream has been closed. */
  Path copy() {
    return copy;
  }

  /** SHA-256 of what has been read. */
  byte[] hash() {
    return digest.digest();
  }

  /** Deletes the copy. */
  void discard() {
    try {
      close();
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary file cannot be deleted", e);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      digest.update(target, offset, count);
      zip.write(target, offset, count);
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Payment files shrink tenfold at the fastest level already. */
  static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream target) throws IOException {
      super(target, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
