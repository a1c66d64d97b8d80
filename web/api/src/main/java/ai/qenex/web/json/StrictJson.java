package ai.qenex.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The one configuration of JSON: RFC 8259 to the letter, no coercion of types, hard limits. Instances are shared and
 * thread-safe.
 */
public final class StrictJson {

  /** Deepest nesting of a body we read. */
  public static final int MAX_DEPTH = 16;
  /** Longest string we read, in characters. */
  public static final int MAX_STRING = 4_096;
  private static final int MAX_NUMBER = 100;
  private static final int MAX_NAME = 64;

  /** For hot endpoints, whose readers find repeated members themselves. */
  private static final JsonFactory FACTORY = factory(false);
  private static final ObjectMapper MAPPER = mapper();

  private StrictJson() {}

  /** A parser over a body; a repeated member is the reader's to find. It does not close the stream. */
  public static JsonParser parser(InputStream body) throws IOException {
    return FACTORY.createParser(body);
  }

  /** A parser over one text in UTF-8. */
  public static JsonParser parser(byte[] utf8, int offset, int length) throws IOException {
    return FACTORY.createParser(utf8, offset, length);
  }

  /** A generator of UTF-8 that writes plain objects too. It does not close the stream. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.getFactory().createGenerator(out);
  }

  /** Maps requests and answers, which are records; {@code Optional} members may be absent. */
  public static ObjectMapper objects() {
    return MAPPER;
  }

  private static JsonFactory factory(boolean findsRepeatedMembers) {
    return JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH).maxStringLength(MAX_STRING).maxNumberLength(MAX_NUMBER).maxNameLength(MAX_NAME)
            .build())
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, findsRepeatedMembers)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
        // UTF-8 only (RFC 8259 section 8.1): no guessing of UTF-16 and UTF-32 by the first bytes
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
        .build();
  }

  private static ObjectMapper mapper() {
    var texts = new SimpleModule("qenex");
    texts.addSerializer(Instant.class, ToStringSerializer.instance);
    texts.addSerializer(LocalDate.class, ToStringSerializer.instance);
    texts.addSerializer(Optional.class, new OptionalSerializer());
    texts.addDeserializer(Optional.class, new OptionalDeserializer());
    texts.addDeserializer(ExactNumber.class, new ExactNumber.Reader());
    return JsonMapper.builder(factory(true))
        .addModule(texts)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .withCoercionConfig(LogicalType.Textual, config -> config
            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .withConfigOverride(Optional.class, config -> config.setInclude(
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS)))
        .annotationIntrospector(new OptionalIsOptional())
        .build();
  }
}
