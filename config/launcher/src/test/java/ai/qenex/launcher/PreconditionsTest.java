package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreconditionsTest {

  @TempDir Path folder;

  @Test
  void saysWhenJavaIsTooOld() {
    assertDoesNotThrow(() -> Preconditions.checkJava(17));
    assertEquals("QENEX needs Java 17 or newer, this is Java 11", refusal(() -> Preconditions.checkJava(11)));
  }

  @Test
  void saysWhichPortIsOccupiedAndHowToChooseAnother() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      String line = refusal(() -> Preconditions.checkPortsFree(new LaunchSettings.Ports(port, port, port, port)));
      assertTrue(line.contains("Port " + port) && line.contains("-Dqenex."), line);
    }
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertTrue(refusal(() -> DataFolder.lock(file.resolve("data"))).contains("cannot be written"));
  }

  @Test
  void letsOneLauncherIntoAFolder() throws IOException {
    try (DataFolder first = DataFolder.lock(folder)) {
      assertTrue(refusal(() -> DataFolder.lock(folder)).startsWith("Another QENEX runs"));
      assertTrue(Files.isDirectory(first.log()));
    }
    DataFolder.lock(folder).close();
  }

  @Test
  void knowsItsOwnProcessAgainButNotAStrangerWithItsPid() throws IOException {
    ProcessNote note = new ProcessNote(folder.resolve("server.pid"));
    assertEquals(Optional.empty(), note.running());
    note.write(ProcessHandle.current());
    assertEquals(Optional.of(ProcessHandle.current()), note.running());
    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
    Files.write(folder.resolve("server.pid"), List.of(ProcessHandle.current().pid() + "", longAgo.toString()));
    assertEquals(Optional.empty(), note.running());
    Files.writeString(folder.resolve("server.pid"), "torn");
    assertEquals(Optional.empty(), note.running());
  }

  @Test
  void tellsTheInnermostCauseOfAFailedDeployment() {
    String marker = "{\"WFLYCTL0080\" => {\"a\" => \"WFLYSRV0153: phase\n    Caused by: a.b.OuterException: outer\n"
        + "    Caused by: ai.qenex.kernel.QenexException: set mp.jwt.verify.issuer\"}, \"x\" => \"y\"}";
    assertEquals("set mp.jwt.verify.issuer", ServerBase.innermostCause(marker));
    assertEquals("no cause", ServerBase.innermostCause(" no cause "));
  }

  private static String refusal(Runnable start) {
    return assertThrows(LaunchRefusedException.class, start::run).getMessage();
  }
}
