package ai.qenex.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text file of a module.
 *
 * @param path relative to the module, with slashes
 * @param lines without their ends
 */
record SourceFile(String path, List<String> lines) {

  static SourceFile read(Path module, Path file) {
    try {
      return new SourceFile(module.relativize(file).toString().replace('\\', '/'), Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " as UTF-8 text", e);
    }
  }

  boolean isJava() {
    return path.endsWith(".java");
  }

  boolean isSql() {
    return path.endsWith(".sql");
  }

  boolean isTest() {
    return path.startsWith("src/test/");
  }

  /** The name without folders and without its ending. */
  String simpleName() {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
  }

  String text() {
    return String.join("\n", lines);
  }
}
