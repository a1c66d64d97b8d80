package ai.qenex.quality;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The sources of one module. Test fixtures are left alone: files of other systems may look as they like. */
final class Sources {

  private static final Set<String> TEXT =
      Set.of("java", "sql", "xml", "xsd", "properties", "json", "yaml", "yml", "cli",
          "sh", "html", "css", "js", "graphql", "md");

  private final Path module;

  Sources(Path module) {
    this.module = module;
  }

  List<SourceFile> files() {
    return Stream.of("src/main", "src/test/java").map(module::resolve).filter(Files::isDirectory)
        .flatMap(Sources::walk).filter(Sources::isText).map(file -> SourceFile.read(module, file)).toList();
  }

  /** Packages of shipped classes that nobody introduces in a {@code package-info.java}. */
  List<String> packagesWithoutIntroduction() {
    Path main = module.resolve("src/main/java");
    if (!Files.isDirectory(main)) {
      return List.of();
    }
    return walk(main).filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
        .map(folder -> module.relativize(folder) + ": no package-info.java: tell what the package is about").toList();
  }

  private static boolean isText(Path file) {
    String name = file.getFileName().toString();
    return TEXT.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Stream<Path> walk(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
