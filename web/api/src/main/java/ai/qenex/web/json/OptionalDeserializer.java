package ai.qenex.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Optional;

/**
 * An optional text or truth value: absent or null is empty, anything of another type is refused. Optional members of
 * requests are of no other types.
 */
@SuppressWarnings("rawtypes") // Jackson looks deserializers up by raw class
final class OptionalDeserializer extends StdDeserializer<Optional> implements ContextualDeserializer {

  private final Class<?> content;

  OptionalDeserializer() {
    this(String.class);
  }

  private OptionalDeserializer(Class<?> content) {
    super(Optional.class);
    this.content = content;
  }

  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
    return new OptionalDeserializer(property.getType().containedTypeOrUnknown(0).getRawClass());
  }

  @Override
  public Optional deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    if (content == String.class && token == JsonToken.VALUE_STRING) {
      return Optional.of(parser.getText());
    }
    if (content == Boolean.class && token.isBoolean()) {
      return Optional.of(token == JsonToken.VALUE_TRUE);
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
