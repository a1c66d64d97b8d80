package ai.qenex.web.json;

import ai.qenex.web.problem.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** Reads a request that is one JSON object into its record. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonBodyReader implements MessageBodyReader<Record> {

  @Override
  public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return type.isRecord();
  }

  @Override
  public Record readFrom(Class<Record> type, Type genericType, Annotation[] annotations, MediaType mediaType,
      MultivaluedMap<String, String> headers, InputStream body) throws IOException {
    return read(type, body);
  }

  /**
   * @throws ProblemException 400 with the path of what is wrong, 413 if the body is longer than
   * {@link BoundedBody#MAX_OBJECT_BYTES}
   */
  public static <T extends Record> T read(Class<T> type, InputStream body) throws IOException {
    return read(StrictJson.objects().readerFor(type), new BoundedBody(body, BoundedBody.MAX_OBJECT_BYTES));
  }

  /** As {@link #read(Class, InputStream)}; no body at all is an object without members. */
  public static <T extends Record> T readOptional(Class<T> type, InputStream body) throws IOException {
    var rest = new PushbackInputStream(body);
    int first = rest.read();
    if (first < 0) {
      return read(type, new ByteArrayInputStream(new byte[] {'{', '}'}));
    }
    rest.unread(first);
    return read(type, rest);
  }

  /** A body that may have many shapes. @throws ProblemException as {@link #read(Class, InputStream)} */
  public static JsonPlace readPlace(InputStream body) throws IOException {
    return readPlace(body, BoundedBody.MAX_OBJECT_BYTES);
  }

  /** As {@link #readPlace(InputStream)}, with another limit. */
  public static JsonPlace readPlace(InputStream body, long maxBytes) throws IOException {
    JsonNode node = read(StrictJson.objects().readerFor(JsonNode.class), new BoundedBody(body, maxBytes));
    return new JsonPlace("", node);
  }

  /** An object whose members are texts. @throws ProblemException as {@link #read(Class, InputStream)} */
  public static Map<String, String> readTexts(InputStream body) throws IOException {
    return read(StrictJson.objects().readerForMapOf(String.class), new BoundedBody(body, BoundedBody.MAX_OBJECT_BYTES));
  }

  /** An array of objects. @throws ProblemException as {@link #read(Class, InputStream)}, with another limit */
  public static <T extends Record> List<T> readList(Class<T> type, InputStream body, long maxBytes) throws IOException {
    return read(StrictJson.objects().readerForListOf(type), new BoundedBody(body, maxBytes));
  }

  private static <T> T read(ObjectReader reader, BoundedBody body) throws IOException {
    try (var parser = reader.createParser(body)) {
      if (parser.nextToken() == null) {
        throw JsonMappingException.from(parser, "no body");
      }
      T request = reader.readValue(parser);
      if (request == null) {
        throw JsonMappingException.from(parser, "null");
      }
      return request;
    } catch (JsonProcessingException fault) {
      throw new ProblemException(JsonFaults.problemOf(fault));
    }
  }
}
