package ai.qenex.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BodyLinesTest {

  @Test
  void passesBlankLinesOverAndCountsThem() throws IOException {
    var lines = new BodyLines(stream("a\r\n\n  \nb\n\nc"));
    assertEquals(List.of("1:a\r", "4:b", "6:c"), all(lines));
  }

  @Test
  void findsNothingInNothing() throws IOException {
    assertEquals(List.of(), all(new BodyLines(stream(""))));
    assertEquals(List.of(), all(new BodyLines(stream("\n\n"))));
  }

  /** The slow oracle is {@link String#split}; the stream hands its bytes over in pieces of any size. */
  @Property(tries = 300)
  void splitsAsTextDoes(@ForAll @Size(max = 30) List<@IntRange(max = 40_000) Integer> lengths, @ForAll long seed)
      throws IOException {
    var text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      String line = Character.toString('a' + i % 26).repeat(lengths.get(i));
      text.append(line).append('\n');
      if (!line.isEmpty()) {
        expected.add((i + 1) + ":" + (line.length() > BodyLines.MAX_LINE ? "too long" : line));
      }
    }
    assertEquals(expected, all(new BodyLines(inPieces(text.toString(), new Random(seed)))));
  }

  private static List<String> all(BodyLines lines) throws IOException {
    List<String> all = new ArrayList<>();
    while (lines.next()) {
      all.add(lines.number() + ":" + (lines.tooLong() ? "too long"
          : new String(lines.bytes(), lines.offset(), lines.length(), StandardCharsets.UTF_8)));
    }
    return all;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream inPieces(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(20_000)));
      }
    };
  }
}
