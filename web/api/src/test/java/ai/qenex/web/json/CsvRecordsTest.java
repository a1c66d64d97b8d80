package ai.qenex.web.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {

  @Test
  void readsTheExamplesOfRfc4180() throws IOException {
    assertEquals(List.of("1:aaa|bbb|ccc", "2:zzz|yyy|xxx"), all("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n"));
    assertEquals(List.of("1:aaa|bbb|ccc", "2:zzz|yyy|xxx"), all("aaa,bbb,ccc\nzzz,yyy,xxx"));
    assertEquals(List.of("1:aaa|b\r\nbb|ccc", "3:zzz|yyy|xxx"), all("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx"));
    assertEquals(List.of("1:aaa|b\"bb|ccc"), all("\"aaa\",\"b\"\"bb\",\"ccc\""));
  }

  @Test
  void passesBlankRowsAndAByteOrderMarkOver() throws IOException {
    assertEquals(List.of("1:a|b", "4:c|", "5: "), all("\ufeffa,b\r\n\r\n\nc,\n \n"));
    assertEquals(List.of(), all(""));
    assertEquals(List.of(), all("\r\n\n"));
  }

  @Test
  void endsWhereQuotesDoNotBalance() throws IOException {
    for (String row : List.of("a,\"b", "a,\"b\"c", "a\"b,c", "\"", "\"\"\"", "a,b\rc\"", "\"a\"\rb,c")) {
      var records = new CsvRecords(stream("x,y\n" + row));
      records.next();
      assertEquals(2, assertThrows(BrokenCsvException.class, records::next, row).line());
    }
  }

  @Test
  void neverTakesTextInsideOfQuotesForARow() {
    String hidden = "x,\"text\n" + "a,b,1.00,EUR\n".repeat(3_000);
    assertThrows(BrokenCsvException.class, () -> all(hidden));
    assertThrows(BrokenCsvException.class, () -> all("x".repeat(CsvRecords.MAX_RECORD + 1) + "\na,b"));
    assertThrows(BrokenCsvException.class, () -> all(",".repeat(CsvRecords.MAX_FIELDS) + "\n"));
  }

  @Test
  void refusesFieldsThatAreNotUtf8() throws IOException {
    var records = new CsvRecords(new ByteArrayInputStream(new byte[] {'a', ',', (byte) 0xC3, '\n', 'b', '\n'}));
    records.next();
    assertEquals("a", records.text(0));
    assertThrows(ProblemException.class, () -> records.text(1));
    records.next();
    assertEquals("b", records.text(0));
  }

  /** What was written by the rules is read again, in pieces of any size. */
  @Property(tries = 500)
  void readsWhatWasWritten(@ForAll long seed) throws IOException {
    var random = new Random(seed);
    var text = new StringBuilder();
    List<List<String>> expected = new ArrayList<>();
    for (int rows = random.nextInt(40); rows > 0; rows--) {
      List<String> row = new ArrayList<>();
      for (int fields = 2 + random.nextInt(6); fields > 0; fields--) {
        String field = field(random);
        row.add(field);
        text.append(random.nextBoolean() || field.matches("(?s).*[\",\r\n].*") ? quoted(field) : field)
            .append(fields == 1 ? random.nextBoolean() ? "\r\n" : "\n" : ",");
      }
      expected.add(row);
    }
    var records = new CsvRecords(inPieces(text.toString(), random));
    List<List<String>> read = new ArrayList<>();
    while (records.next()) {
      read.add(fields(records));
    }
    assertEquals(expected, read);
  }

  private static String field(Random random) {
    String alphabet = "ab\",\r\nü€ 1.";
    var field = new StringBuilder();
    for (int length = random.nextInt(random.nextInt(30) == 0 ? 1_500 : 8); length > 0; length--) {
      field.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return field.toString();
  }

  private static String quoted(String field) {
    return '"' + field.replace("\"", "\"\"") + '"';
  }

  private static List<String> all(String text) throws IOException {
    var records = new CsvRecords(stream(text));
    List<String> all = new ArrayList<>();
    while (records.next()) {
      all.add(records.number() + ":" + String.join("|", fields(records)));
    }
    return all;
  }

  private static List<String> fields(CsvRecords records) {
    List<String> fields = new ArrayList<>();
    for (int field = 0; field < records.fields(); field++) {
      fields.add(records.text(field));
    }
    return fields;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static InputStream inPieces(String text, Random random) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(300)));
      }
    };
  }
}
