package ai.qenex.quality;

import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the module under test keeps its sources and classes; surefire tells the folder as {@code basedir}. */
final class ThisModule {

  private ThisModule() {}

  static Path folder() {
    return Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
  }

  private static Set<Location> existing(String... folders) {
    return Stream.of(folders).map(folder()::resolve).filter(Files::isDirectory).map(Location::of)
        .collect(Collectors.toSet());
  }

  /** The classes that are shipped. */
  static final class Production implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return existing("target/classes");
    }
  }

  /** The classes that are shipped and those that test them. */
  static final class Everything implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> testClass) {
      return existing("target/classes", "target/test-classes");
    }
  }
}
