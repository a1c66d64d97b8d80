package ai.qenex.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An optional text, truth value, whole number, list, map or any JSON: absent or null is empty, anything of another type
 * is refused. Optional members of requests are of no other types.
 */
@SuppressWarnings("rawtypes") // Jackson looks deserializers up by raw class
final class OptionalDeserializer extends StdDeserializer<Optional> implements ContextualDeserializer {

  private final JavaType content;

  OptionalDeserializer() {
    this(TypeFactory.defaultInstance().constructType(String.class));
  }

  private OptionalDeserializer(JavaType content) {
    super(Optional.class);
    this.content = content;
  }

  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
    return new OptionalDeserializer(property.getType().containedTypeOrUnknown(0));
  }

  @Override
  public Optional deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    if (content.hasRawClass(String.class) && token == JsonToken.VALUE_STRING) {
      return Optional.of(parser.getText());
    }
    if (content.hasRawClass(Boolean.class) && token.isBoolean()) {
      return Optional.of(token == JsonToken.VALUE_TRUE);
    }
    if (content.hasRawClass(Long.class) && token == JsonToken.VALUE_NUMBER_INT) {
      return Optional.of(parser.getLongValue());
    }
    if (content.hasRawClass(List.class) || content.hasRawClass(Map.class) || content.hasRawClass(JsonNode.class)) {
      return Optional.of(context.readValue(parser, content));
    }
    return (Optional) context.handleUnexpectedToken(content, parser);
  }

  @Override
  public Optional getNullValue(DeserializationContext context) {
    return Optional.empty();
  }

  @Override
  public Object getAbsentValue(DeserializationContext context) {
    return Optional.empty();
  }
}
