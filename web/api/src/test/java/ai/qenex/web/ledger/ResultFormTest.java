package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.web.json.CsvRecords;
import ai.qenex.web.json.StrictJson;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ResultFormTest {

  /** The oracle is the general generator. */
  @Property(tries = 300)
  void writesJsonAsTheGeneratorDoes(@ForAll long high, @ForAll long low, @ForAll @LongRange(min = 0) long seq,
      @ForAll String text) throws IOException {
    UUID id = new UUID(high, low);
    String detail = text.chars().anyMatch(c -> Character.isSurrogate((char) c)) ? "x" : text;
    for (BatchResult result : List.of(new BatchResult.Posted(id, seq), new BatchResult.Refused(id, "NO"),
        new BatchResult.Unknown(id, "UNAVAILABLE"), new BatchResult.Malformed("INVALID", detail, detail),
        new BatchResult.Stopped("OVERLOADED", detail, seq))) {
      assertEquals(generated(result) + "\n", text(ResultForm.NDJSON, result));
    }
  }

  @Test
  void writesRowsThatReadAgain() throws IOException {
    UUID id = new UUID(1, 2);
    assertEquals(id + "|posted|7|||", row(new BatchResult.Posted(id, 7)));
    assertEquals(id + "|refused||SAME_ACCOUNT||", row(new BatchResult.Refused(id, "SAME_ACCOUNT")));
    assertEquals(id + "|unknown||UNAVAILABLE||", row(new BatchResult.Unknown(id, "UNAVAILABLE")));
    assertEquals("|refused||INVALID|/a|say \"please\", please",
        row(new BatchResult.Malformed("INVALID", "/a", "say \"please\", please")));
    assertEquals("|stopped||OVERLOADED||line 9: again", row(new BatchResult.Stopped("OVERLOADED", "again", 9)));
    assertEquals("id,status,seq,code,path,detail\r\n", new String(ResultForm.CSV.head(), StandardCharsets.UTF_8));
  }

  private static String row(BatchResult result) throws IOException {
    var records = new CsvRecords(new ByteArrayInputStream(ResultForm.CSV.write(List.of(result))));
    records.next();
    var row = new StringBuilder(records.text(0));
    for (int field = 1; field < records.fields(); field++) {
      row.append('|').append(records.text(field));
    }
    return row.toString();
  }

  private static String text(ResultForm form, BatchResult result) {
    return new String(form.write(List.of(result)), StandardCharsets.UTF_8);
  }

  private static String generated(BatchResult result) throws IOException {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = StrictJson.generator(out)) {
      json.writeStartObject();
      if (result instanceof BatchResult.Posted posted) {
        write(json, "id", posted.id().toString(), "status", "posted");
        json.writeNumberField("seq", posted.seq());
      } else if (result instanceof BatchResult.Refused refused) {
        write(json, "id", refused.id().toString(), "status", "refused", "code", refused.code());
      } else if (result instanceof BatchResult.Unknown unknown) {
        write(json, "id", unknown.id().toString(), "status", "unknown", "code", unknown.code());
      } else if (result instanceof BatchResult.Malformed malformed) {
        write(json, "status", "refused", "code", malformed.code(), "path", malformed.path(), "detail",
            malformed.detail());
      } else if (result instanceof BatchResult.Stopped stopped) {
        write(json, "status", "stopped", "code", stopped.code(), "detail", stopped.detail());
        json.writeNumberField("line", stopped.line());
      }
      json.writeEndObject();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, String... namesAndTexts) throws IOException {
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      json.writeStringField(namesAndTexts[i], namesAndTexts[i + 1]);
    }
  }
}
