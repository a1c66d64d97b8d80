package ai.qenex.web.payments;

import ai.qenex.security.LinkedOperation;
import ai.qenex.security.StepUpKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A payment file on disk until its proof is looked at, and gone then. */
final class FileToConfirm implements AutoCloseable {

  private final Path path;
  private final long bytes;
  private final String digest;

  private FileToConfirm(Path path, long bytes, String digest) {
    this.path = path;
    this.bytes = bytes;
    this.digest = digest;
  }

  /** @param body bounded by whoever gives it */
  static FileToConfirm of(InputStream body) throws IOException {
    Path path = Files.createTempFile("payment-file", ".xml");
    boolean done = false;
    try (OutputStream file = Files.newOutputStream(path); var digest = new DigestOutputStream(file, sha256())) {
      long bytes = body.transferTo(digest);
      done = true;
      return new FileToConfirm(path, bytes, HexFormat.of().formatHex(digest.getMessageDigest().digest()));
    } finally {
      if (!done) {
        Files.delete(path);
      }
    }
  }

  /** What is confirmed: these bytes, by their digest, which is also what its owner can compare. */
  LinkedOperation operation() {
    return new LinkedOperation(StepUpKind.PAYMENT_FILE, "", "payment file of " + bytes + " bytes", "", "",
        "sha-256:" + digest);
  }

  InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
