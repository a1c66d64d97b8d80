package ai.qenex.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Tables as a reader of the handbook sees them. */
class MarkdownTableTest {

  @Test
  void alignsColumns() {
    assertEquals("""
        | what   | per s |
        |--------|-------|
        | a \\| b | 1     |
        | c      | 22    |
        """, new MarkdownTable("what", "per s").row("a | b", "1").row("c", "22").toString());
  }

  @Test
  void refusesRowsOfAnotherWidth() {
    assertThrows(IllegalArgumentException.class, () -> new MarkdownTable("what").row("a", "b"));
  }
}
