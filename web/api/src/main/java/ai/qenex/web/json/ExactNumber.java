package ai.qenex.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number that may be written as JSON number or as decimal string, and is read digit by digit, never through floating
 * point.
 */
public record ExactNumber(BigDecimal value) {

  static final class Reader extends StdDeserializer<ExactNumber> {

    private static final Pattern PLAIN = Pattern.compile("-?[0-9]{1,40}([.][0-9]{1,40})?");

    Reader() {
      super(ExactNumber.class);
    }

    @Override
    public ExactNumber deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
        return new ExactNumber(parser.getDecimalValue());
      }
      if (token == JsonToken.VALUE_STRING && PLAIN.matcher(parser.getText()).matches()) {
        return new ExactNumber(new BigDecimal(parser.getText()));
      }
      return (ExactNumber) context.handleUnexpectedToken(ExactNumber.class, parser);
    }
  }
}
