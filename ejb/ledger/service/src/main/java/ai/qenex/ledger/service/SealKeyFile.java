package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * A signing key in a file that only its owner may read: {@code seal-<suite>.key} with two lines, the private and the
 * public key in Base64. What seals outside of a server uses it. A bank's server signs by the key service, and hands
 * over the file of its time before that.
 */
final class SealKeyFile {

  private static final String OWNER_ONLY = "rw-------";
  private static final String OWNER_ONLY_FOLDER = "rwx------";

  private SealKeyFile() {}

  /** @throws QenexException {@code INVALID_CONFIGURATION} if the file can be neither read nor made */
  static MessageSigner open(SealSettings settings) {
    String suite = settings.suite();
    Path file = settings.keyFolder().resolve("seal-" + suite + ".key");
    try {
      if (!Files.exists(file)) {
        create(file, SignatureSuites.newKeys(suite, new SecureRandom()));
      }
      return SignatureSuites.signer(read(suite, file));
    } catch (IOException | IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "the key that seals the log cannot be read or made: " + file, e);
    }
  }

  /**
   * Gives the key of a file, if there is one, to the key service, and deletes the file once the service has it.
   *
   * @throws QenexException {@code INVALID_CONFIGURATION} if the file cannot be read
   */
  static void handOver(Path folder, KeyService keys) {
    for (String suite : List.of("Ed25519+ML-DSA-65", "Ed25519")) {
      Path file = folder.resolve("seal-" + suite + ".key");
      if (Files.exists(file)) {
        try {
          KeyMaterial old = read(suite, file);
          keys.adopt(KeyPurpose.LEDGER_SEAL, old);
          String id = SignatureSuites.keyId(suite, old.publicKey());
          if (keys.publicKeys(KeyPurpose.LEDGER_SEAL).stream().anyMatch(key -> key.id().equals(id))) {
            Files.delete(file);
          }
        } catch (IOException | IllegalArgumentException e) {
          throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
              "the key that sealed the log so far cannot be handed over: " + file, e);
        }
      }
    }
  }

  private static KeyMaterial read(String suite, Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    if (lines.size() != 2) {
      throw new IOException("a key file has two lines");
    }
    return new KeyMaterial(suite, Base64.getDecoder().decode(lines.get(0)),
        Base64.getDecoder().decode(lines.get(1)));
  }

  /** Whole or not at all; of two that start at once on one folder, one makes it. */
  private static void create(Path file, KeyMaterial keys) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, permissions(OWNER_ONLY_FOLDER));
    Path fresh = Files.createTempFile(folder, "seal", ".new", permissions(OWNER_ONLY));
    try {
      String text = Base64.getEncoder().encodeToString(keys.privateKey()) + "\n"
          + Base64.getEncoder().encodeToString(keys.publicKey()) + "\n";
      Files.writeString(fresh, text, StandardCharsets.US_ASCII);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      System.getLogger(SealKeyFile.class.getName()).log(System.Logger.Level.INFO, "Another process made {0}", file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static FileAttribute<?>[] permissions(String rights) {
    Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
        : new FileAttribute<?>[0];
  }
}
