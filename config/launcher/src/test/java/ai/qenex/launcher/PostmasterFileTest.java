package ai.qenex.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileTest {

  private static final Instant START = Instant.parse("2027-03-01T18:00:00Z");
  private static final String SECONDS = String.valueOf(START.getEpochSecond());

  @TempDir private Path data;

  @Test
  void readsWhoStartedWhereAndWhen() throws IOException {
    assertEquals(Optional.empty(), PostmasterFile.in(data));
    Files.write(data.resolve("postmaster.pid"), List.of("4711", data.toString(), SECONDS, "15432"));
    assertEquals(Optional.of(new PostmasterFile(4711, data, START)), PostmasterFile.in(data));
  }

  @Test
  void passesOverAFileThatIsNotWhole() {
    assertEquals(Optional.empty(), PostmasterFile.parse(List.of()));
    assertEquals(Optional.empty(), PostmasterFile.parse(List.of("4711", "/data")));
    assertEquals(Optional.empty(), PostmasterFile.parse(List.of("-4711", "/data", SECONDS)));
    assertEquals(Optional.empty(), PostmasterFile.parse(List.of("4711", "/data", "soon")));
    assertEquals(Optional.empty(), PostmasterFile.parse(List.of("4711", "/da\0ta", SECONDS)));
  }

  @Test
  void knowsAPostmasterByItsProgramAndStart() {
    var file = new PostmasterFile(4711, data, START);
    Optional<Instant> start = Optional.of(START.minusMillis(300));
    assertTrue(file.isPostmaster(Optional.of("/bank/pgbin/bin/postgres"), start));
    assertTrue(file.isPostmaster(Optional.of("C:\\bank\\pgbin\\bin\\postgres.exe"), start));
    assertFalse(file.isPostmaster(Optional.of("/usr/bin/java"), start));
    assertFalse(file.isPostmaster(Optional.of("/usr/lib/postgres/java"), start));
    assertFalse(file.isPostmaster(Optional.empty(), start));
    assertFalse(file.isPostmaster(Optional.of("postgres"), Optional.of(START.plusSeconds(3600))));
    assertFalse(file.isPostmaster(Optional.of("postgres"), Optional.empty()));
  }

  @Test
  void leavesStrangersAlone() throws IOException {
    long self = ProcessHandle.current().pid();
    Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
    assertEquals(Optional.empty(), new PostmasterFile(self, data, start).running(data));
    Path other = Files.createDirectory(data.resolve("other"));
    assertEquals(Optional.empty(), new PostmasterFile(self, other, start).running(data));
    assertEquals(Optional.empty(), new PostmasterFile(self, data.resolve("gone"), start).running(data));
  }
}
