package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void growsOneLineWhereNobodyWatches() {
    Progress progress = new Progress(out, false);
    progress.start("Card purchases", 3);
    progress.advance(1);
    progress.advance(1);
    progress.finish("3 accepted");
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertTrue(text.startsWith("  Card purchases  "), text);
    assertEquals(30, text.chars().filter(c -> c == '=').count());
    assertTrue(text.endsWith("s  3 accepted" + System.lineSeparator()), text);
    assertEquals(1, text.lines().count());
  }

  @Test
  void neverGoesBackNorBeyondTheEnd() {
    Progress progress = new Progress(out, true);
    progress.start("End of day", 100);
    progress.reach(60);
    progress.reach(20);
    progress.reach(500);
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertEquals("100 %", text.substring(text.length() - 5));
    assertTrue(!text.contains(" 20 %"), text);
  }
}
