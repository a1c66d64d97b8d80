package ai.qenex.web.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.UUID;

/** What became of one item of a batch. */
sealed interface BatchResult {

  void write(JsonGenerator json) throws IOException;

  record Posted(UUID id, long seq) implements BatchResult {

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", id.toString());
      json.writeStringField("status", "posted");
      json.writeNumberField("seq", seq);
      json.writeEndObject();
    }
  }

  record Refused(UUID id, String code) implements BatchResult {

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", id.toString());
      json.writeStringField("status", "refused");
      json.writeStringField("code", code);
      json.writeEndObject();
    }
  }

  /** A line that is no transfer; it has no id. */
  record Malformed(String code, String path, String detail) implements BatchResult {

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("status", "refused");
      json.writeStringField("code", code);
      json.writeStringField("path", path);
      json.writeStringField("detail", detail);
      json.writeEndObject();
    }
  }

  /** The ledger could not say in time what became of it: send the same id again to learn it. */
  record Unknown(UUID id, String code) implements BatchResult {

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("id", id.toString());
      json.writeStringField("status", "unknown");
      json.writeStringField("code", code);
      json.writeEndObject();
    }
  }

  /** The end of results before the end of the body: what has no result was not posted. */
  record Stopped(String code, String detail, long line) implements BatchResult {

    @Override
    public void write(JsonGenerator json) throws IOException {
      json.writeStartObject();
      json.writeStringField("status", "stopped");
      json.writeStringField("code", code);
      json.writeStringField("detail", detail);
      json.writeNumberField("line", line);
      json.writeEndObject();
    }
  }
}
