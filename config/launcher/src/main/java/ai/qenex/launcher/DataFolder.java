package ai.qenex.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where one bank keeps everything: {@code pg} the database, {@code pgbin} its programs, {@code server} the server's own
 * files, {@code files} its documents, {@code log}, {@code run} who runs. Whoever holds its lock is the only launcher at
 * work in it; the lock goes with the process, however that ends.
 */
final class DataFolder implements AutoCloseable {

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /** Makes the folder if need be and locks it. @throws LaunchRefusedException if it is not writable or in use */
  static DataFolder lock(Path root) {
    try {
      Files.createDirectories(root);
      for (String folder : new String[] {"log", "run", "server"}) {
        Files.createDirectories(root.resolve(folder));
      }
      FileChannel file = FileChannel.open(root.resolve("run").resolve("launcher.lock"), StandardOpenOption.CREATE,
          StandardOpenOption.WRITE);
      if (tryLock(file) == null) {
        file.close();
        throw new LaunchRefusedException("Another QENEX runs with the data folder " + root
            + ": stop it, or name another folder by -Dqenex.data=…");
      }
      return new DataFolder(root, file);
    } catch (IOException e) {
      throw new LaunchRefusedException("The data folder " + root + " cannot be written (" + reason(e)
          + "): name another by -Dqenex.data=…", e);
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException fault && fault.getReason() != null
        ? fault.getReason()
        : e.getClass().getSimpleName();
  }

  Path database() {
    return root.resolve("pg");
  }

  Path databasePrograms() {
    return root.resolve("pgbin");
  }

  Path server() {
    return root.resolve("server");
  }

  /** What the bank writes for others to fetch: statements and settlement messages. */
  Path files() {
    return root.resolve("files");
  }

  /** Private keys; only the owner may look. */
  Path keys() {
    return root.resolve("keys");
  }

  /** Copies of the audit log's heads. */
  Path audit() {
    return root.resolve("audit");
  }

  Path log() {
    return root.resolve("log");
  }

  /** The note of a process that we started. */
  ProcessNote note(String name) {
    return new ProcessNote(root.resolve("run").resolve(name + ".pid"));
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
