package ai.qenex.web.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/** An absent value is an absent member. */
@SuppressWarnings("rawtypes") // Jackson looks serializers up by raw class
final class OptionalSerializer extends StdSerializer<Optional> {

  OptionalSerializer() {
    super(Optional.class);
  }

  @Override
  public boolean isEmpty(SerializerProvider provider, Optional value) {
    return value.isEmpty();
  }

  @Override
  public void serialize(Optional value, JsonGenerator json, SerializerProvider provider) throws IOException {
    if (value.isPresent()) {
      provider.defaultSerializeValue(value.get(), json);
    } else {
      json.writeNull();
    }
  }
}
