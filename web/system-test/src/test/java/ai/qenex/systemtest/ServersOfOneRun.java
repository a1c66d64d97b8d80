package ai.qenex.systemtest;

import ai.qenex.launcher.EmbeddedDatabase;
import ai.qenex.launcher.ServerBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lays the ground for a run and clears it afterwards. Arquillian starts its server before any test class is asked, so
 * that server's database, folder and ports are made here; the bank of the HTTP tests starts when one needs it.
 */
public final class ServersOfOneRun implements LauncherSessionListener {

  private EmbeddedDatabase inside;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("qenex.work") == null) {
      return;
    }
    RunFolder.clearOldRuns();
    List<Integer> ports = FreePorts.draw(4);
    System.setProperty("qenex.inside.http.port", ports.get(0).toString());
    System.setProperty("qenex.inside.https.port", ports.get(1).toString());
    System.setProperty("qenex.inside.management.port", ports.get(2).toString());
    System.setProperty("qenex.inside.db.port", ports.get(3).toString());
    Path folder = RunFolder.fresh("inside");
    Path base = folder.resolve("server");
    System.setProperty("qenex.inside.base", base.toString());
    inside = EmbeddedDatabase.startAlone(folder, ports.get(3));
    try {
      ServerBase.configure(base, Path.of(System.getProperty("qenex.server.home")));
    } catch (IOException e) {
      throw new UncheckedIOException("No folder for the server of the tests inside the EAR", e);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    RunningBank.stop();
    if (inside != null) {
      inside.close();
    }
  }
}
