package ai.qenex.launcher;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The operating systems we run on, and where each of them likes a program to keep its data. */
enum Platform {
  LINUX, MACOS, WINDOWS;

  /** @param osName Java's {@code os.name}; whatever is neither Windows nor macOS is treated as Linux */
  static Platform of(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return WINDOWS;
    }
    return name.startsWith("mac") ? MACOS : LINUX;
  }

  static Platform current() {
    return of(System.getProperty("os.name"));
  }

  /**
   * The folder for data when nobody named one.
   *
   * @param home of the user
   * @param environment null for a variable that is not set
   */
  Path dataFolder(Path home, UnaryOperator<String> environment) {
    return switch (this) {
      case LINUX -> home.resolve(".qenex");
      case MACOS -> home.resolve("Library").resolve("Application Support").resolve("QENEX");
      case WINDOWS -> {
        String appData = environment.apply("APPDATA");
        Path roaming = appData == null ? home.resolve("AppData").resolve("Roaming") : Path.of(appData);
        yield roaming.resolve("QENEX");
      }
    };
  }
}
