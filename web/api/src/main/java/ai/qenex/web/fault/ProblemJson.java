package ai.qenex.web.fault;

import ai.qenex.security.AuditOrigin;
import ai.qenex.web.json.StrictJson;
import ai.qenex.web.problem.Problem;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/** A problem as {@code application/problem+json}. */
public final class ProblemJson {

  private static final Set<String> STANDARD =
      Set.of("type", "title", "status", "detail", "instance", "code", "correlation");
  private static final int MAX_INSTANCE = 256;

  private ProblemJson() {}

  /** @param instance a URI reference of this occurrence: the path that was asked for */
  public static byte[] write(Problem problem, String instance) {
    try (var bytes = new ByteArrayBuilder(); JsonGenerator json = StrictJson.generator(bytes)) {
      json.writeStartObject();
      json.writeStringField("type", problem.type());
      json.writeStringField("title", problem.title());
      json.writeNumberField("status", problem.status());
      json.writeStringField("detail", problem.detail());
      json.writeStringField("instance", instance.substring(0, Math.min(MAX_INSTANCE, instance.length())));
      json.writeStringField("code", problem.code());
      String correlation = AuditOrigin.current().correlation();
      if (!correlation.isEmpty()) {
        json.writeStringField("correlation", correlation);
      }
      for (Map.Entry<String, Object> figure : problem.figures().entrySet()) {
        if (!STANDARD.contains(figure.getKey())) {
          json.writePOJOField(figure.getKey(), figure.getValue());
        }
      }
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
