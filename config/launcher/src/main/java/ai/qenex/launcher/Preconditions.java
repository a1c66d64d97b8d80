package ai.qenex.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;

/**
 * What can be known to be wrong before anything starts, each said in one line. The data folder checks itself when it is
 * locked.
 */
final class Preconditions {

  static final int OLDEST_JAVA = 17;

  private Preconditions() {}

  static void check(LaunchSettings settings) {
    checkJava(Runtime.version().feature());
    if (!Files.isRegularFile(settings.server().resolve("jboss-modules.jar"))) {
      throw new LaunchRefusedException(
          "There is no server in " + settings.server() + ": build it by 'mvn -Prun install'");
    }
    if (!Files.isRegularFile(settings.ear())) {
      throw new LaunchRefusedException("There is no bank at " + settings.ear() + ": build it by 'mvn -Prun install'");
    }
  }

  static void checkJava(int feature) {
    if (feature < OLDEST_JAVA) {
      throw new LaunchRefusedException("QENEX needs Java " + OLDEST_JAVA + " or newer, this is Java " + feature);
    }
  }

  /** @throws LaunchRefusedException naming the first port that another program holds, and how to choose another */
  static void checkPortsFree(LaunchSettings.Ports ports) {
    for (Map.Entry<String, Integer> port : ports.byProperty().entrySet()) {
      if (isOccupied(port.getValue())) {
        throw new LaunchRefusedException(
            "Port " + port.getValue() + " is in use by another program: stop that, or choose another by -D"
                + port.getKey() + "=…");
      }
    }
  }

  private static boolean isOccupied(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException occupied) {
      return true;
    }
  }
}
