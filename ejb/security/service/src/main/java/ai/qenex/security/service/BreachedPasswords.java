package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Predicate;

/**
 * A list of passwords that guessers know, as it is published: a file of lines {@code SHA1:count} with digests in hex,
 * sorted. Looked up by halving, so that a list of 40 GB costs forty reads and no memory.
 */
final class BreachedPasswords implements Predicate<String> {

  private static final int DIGEST_LETTERS = 40;
  private static final int LONGEST_LINE = 128;
  private static final int MOST_STEPS = 64;

  private final Path file;

  /** @throws QenexException {@link ErrorCode#INVALID_CONFIGURATION} if there is no such file */
  BreachedPasswords(Path file) {
    if (!Files.isReadable(file)) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.password.breached-file must name a file that can be read");
    }
    this.file = file;
  }

  @Override
  public boolean test(String password) {
    String wanted = sha1(password);
    try (var lines = new RandomAccessFile(file.toFile(), "r")) {
      long low = 0;
      long high = lines.length();
      for (int step = 0; low < high && step < MOST_STEPS; step++) {
        long middle = (low + high) >>> 1;
        String line = lineAfter(lines, middle);
        int order = line.length() < DIGEST_LETTERS ? 1 : line.substring(0, DIGEST_LETTERS).compareToIgnoreCase(wanted);
        if (order == 0) {
          return true;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
      }
      return false;
    } catch (IOException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "The list of known passwords cannot be read", e);
    }
  }

  /** The first line that begins at or behind the place; empty behind the last. */
  private static String lineAfter(RandomAccessFile lines, long place) throws IOException {
    long from = Math.max(0, place - 1);
    lines.seek(from);
    var bytes = new byte[2 * LONGEST_LINE];
    int read = lines.read(bytes);
    String text = read < 0 ? "" : new String(bytes, 0, read, StandardCharsets.US_ASCII);
    int start = place == 0 ? 0 : text.indexOf('\n') + 1;
    if (place > 0 && start == 0) {
      return "";
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).strip();
  }

  private static String sha1(String password) {
    try {
      return HexFormat.of().withUpperCase().formatHex(
          MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
