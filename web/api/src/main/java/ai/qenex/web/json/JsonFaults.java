package ai.qenex.web.json;

import ai.qenex.web.problem.Problem;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What a fault in a body is called towards its sender: where it is and what is wrong, and nothing about our classes.
 */
public final class JsonFaults {

  private JsonFaults() {}

  public static Problem problemOf(JsonProcessingException fault) {
    return Problem.invalid(pathOf(fault), detailOf(fault));
  }

  private static String detailOf(JsonProcessingException fault) {
    if (fault instanceof StreamConstraintsException || fault.getCause() instanceof StreamConstraintsException) {
      return "nested more than " + StrictJson.MAX_DEPTH + " deep, or a text, name or number is too long";
    }
    if (fault instanceof UnrecognizedPropertyException) {
      return "there is no such member";
    }
    if (fault instanceof JsonMappingException && !(fault.getCause() instanceof StreamReadException)) {
      return "missing, or of the wrong type";
    }
    if (fault.getOriginalMessage() != null && fault.getOriginalMessage().startsWith("Duplicate")) {
      return "the member is there twice";
    }
    JsonLocation where = fault.getLocation();
    return "not JSON (RFC 8259 in UTF-8)"
        + (where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr());
  }

  /** JSON Pointer (RFC 6901) to the value that is wrong; empty for the whole body. */
  private static String pathOf(JsonProcessingException fault) {
    if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      var path = new StringBuilder();
      for (JsonMappingException.Reference step : mapping.getPath()) {
        path.append('/')
            .append(step.getFieldName() == null ? Integer.toString(step.getIndex()) : escaped(step.getFieldName()));
      }
      return path.toString();
    }
    return fault.getProcessor() instanceof JsonParser parser ? pathOf(parser) : "";
  }

  /** JSON Pointer (RFC 6901) to where a parser stands. */
  static String pathOf(JsonParser parser) {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
