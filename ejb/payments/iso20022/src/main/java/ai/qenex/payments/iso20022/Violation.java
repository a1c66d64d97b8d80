package ai.qenex.payments.iso20022;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in our words which rule of XML Schema 1.0 was broken, whatever the language of the platform's messages. */
final class Violation {

  private static final Pattern EXPECTED = Pattern.compile("\":(\\w+)");
  private static final int MAX_EXPECTED = 60;

  private Violation() {}

  /** @param message of the validator, beginning with the rule's name; the answer is empty if it repeats another one */
  static String sentence(String message) {
    int colon = message.indexOf(':');
    String rule = colon < 0 ? message : message.substring(0, colon);
    return switch (rule) {
      case "cvc-type.3.1.3", "cvc-complex-type.2.2", "cvc-attribute.3" -> "";
      case "cvc-complex-type.2.4.a", "cvc-complex-type.2.4.c", "cvc-complex-type.2.4.d" ->
        "this element is not expected here" + expected(message);
      case "cvc-complex-type.2.4.b" -> "an element is missing" + expected(message);
      case "cvc-complex-type.2.3" -> "text is not expected here";
      case "cvc-complex-type.3.2.2" -> "an attribute is not expected here";
      case "cvc-complex-type.4" -> "an attribute is missing";
      case "cvc-pattern-valid" -> "the value has not the form that is asked for";
      case "cvc-enumeration-valid" -> "the value is none of the codes that are allowed";
      case "cvc-minLength-valid" -> "the value is empty";
      case "cvc-maxLength-valid" -> "the value is too long";
      case "cvc-totalDigits-valid", "cvc-fractionDigits-valid" -> "the number has too many digits";
      case "cvc-minInclusive-valid" -> "the number is too small";
      case "cvc-datatype-valid.1.2.1", "cvc-datatype-valid.1.2.3" -> "the value is none of its type";
      default -> "the document breaks rule " + rule.replaceAll("[^A-Za-z0-9.-]", "");
    };
  }

  private static String expected(String message) {
    Matcher names = EXPECTED.matcher(message);
    var list = new StringBuilder();
    while (names.find() && list.length() < MAX_EXPECTED) {
      list.append(list.isEmpty() ? ", but " : " or ").append(names.group(1));
    }
    return list.toString();
  }
}
