package ai.qenex.settlement.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The folder in which other systems find the documents of a day. A file appears whole or not at all, and survives a
 * power cut.
 */
final class DocumentFolder {

  private final Path root;

  DocumentFolder(Path root) {
    this.root = root;
  }

  /**
   * Writes {@code <date>/<kind>/<name>}; a file that has these bytes already is left alone.
   *
   * @throws QenexException {@code STORAGE_FAILED}
   */
  void write(BusinessDate date, String kind, String name, byte[] body) {
    Path folder = root.resolve(date.toString()).resolve(kind);
    Path file = folder.resolve(name);
    try {
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), body)) {
        return;
      }
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("." + name + ".unfinished");
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer buffer = ByteBuffer.wrap(body);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "cannot write " + file, e);
    }
  }
}
