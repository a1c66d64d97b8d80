package ai.qenex.security.service.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key-encrypting key of a bank on one machine: file {@code kek} in the folder of keys, which only its owner may
 * read. Under the production profile there is no such file.
 */
final class DevelopmentKek {

  private static final int KEY_BYTES = 32;

  private DevelopmentKek() {}

  static byte[] readOrMake(Path folder) {
    Path file = folder.resolve("kek");
    try {
      if (!Files.exists(file)) {
        make(folder, file);
      }
      byte[] kek = Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
      if (kek.length != KEY_BYTES) {
        throw new IOException("it has " + kek.length + " bytes");
      }
      return kek;
    } catch (IOException | IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "the key-encrypting key of the development profile cannot be read or made: " + file, e);
    }
  }

  /** Whole or not at all; of two that start at once on one folder, one makes it. */
  private static void make(Path folder, Path file) throws IOException {
    Files.createDirectories(folder, permissions("rwx------"));
    Path fresh = Files.createTempFile(folder.toAbsolutePath(), "kek", ".new", permissions("rw-------"));
    try {
      byte[] kek = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(kek);
      Files.writeString(fresh, Base64.getEncoder().encodeToString(kek) + "\n", StandardCharsets.US_ASCII);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      System.getLogger(DevelopmentKek.class.getName()).log(System.Logger.Level.INFO, "Another process made {0}", file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] permissions(String rights) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
        : new FileAttribute<?>[0];
  }
}
