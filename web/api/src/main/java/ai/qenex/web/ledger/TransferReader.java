package ai.qenex.web.ledger;

import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonFaults;
import ai.qenex.web.json.StrictJson;
import ai.qenex.web.problem.ProblemException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads transfers token by token, since this is the hot end of the API; as strict as
 * {@link ai.qenex.web.json.JsonBodyReader}, which a test compares it with. Every refusal is a {@link ProblemException}
 * that names the path.
 */
final class TransferReader {

  /** The members of a transfer in the order of the constants below. */
  static final List<String> NAMES = List.of("id", "debit", "credit", "amount", "asset", "reference", "valueDate");
  static final int ID = 0;
  static final int DEBIT = 1;
  static final int CREDIT = 2;
  static final int AMOUNT = 3;
  static final int ASSET = 4;
  static final int REFERENCE = 5;
  static final int VALUE_DATE = 6;

  private TransferReader() {}

  /** One transfer and nothing behind it. */
  static TransferRequest readOne(InputStream body) throws IOException {
    try (JsonParser parser = StrictJson.parser(body)) {
      return readOne(parser);
    } catch (JsonProcessingException fault) {
      throw new ProblemException(JsonFaults.problemOf(fault));
    }
  }

  /** One transfer and nothing behind it. */
  static TransferRequest readOne(byte[] utf8, int offset, int length) throws IOException {
    try (JsonParser parser = StrictJson.parser(utf8, offset, length)) {
      return readOne(parser);
    } catch (JsonProcessingException fault) {
      throw new ProblemException(JsonFaults.problemOf(fault));
    }
  }

  /** An array of transfers and nothing behind it. */
  static List<TransferRequest> readAll(InputStream body, int maxItems) throws IOException {
    try (JsonParser parser = StrictJson.parser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw Values.invalid("", "an array of transfers is expected");
      }
      var items = new ArrayList<TransferRequest>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (items.size() == maxItems) {
          throw Values.invalid("",
              "at most " + maxItems + " transfers in one array; application/x-ndjson has no such limit");
        }
        items.add(readObject(parser, "/" + items.size()));
      }
      requireEnd(parser);
      return items;
    } catch (JsonProcessingException fault) {
      throw new ProblemException(JsonFaults.problemOf(fault));
    }
  }

  private static TransferRequest readOne(JsonParser parser) throws IOException {
    parser.nextToken();
    TransferRequest request = readObject(parser, "");
    requireEnd(parser);
    return request;
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw Values.invalid("", "there is something behind the end of the body");
    }
  }

  private static TransferRequest readObject(JsonParser parser, String path) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Values.invalid(path, "a transfer is an object");
    }
    var members = new String[NAMES.size()];
    int seen = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int member = indexOf(name);
      if (member < 0) {
        throw Values.invalid(path + parserPath(name), "there is no such member");
      }
      if ((seen & 1 << member) != 0) {
        throw Values.invalid(path + parserPath(name), "the member is there twice");
      }
      seen |= 1 << member;
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        members[member] = parser.getText();
      } else if (token != JsonToken.VALUE_NULL || isRequired(member)) {
        throw Values.invalid(path + '/' + name, "missing, or of the wrong type");
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT) {
      throw Values.invalid(path, "the object has no end");
    }
    for (int member = DEBIT; member <= ASSET; member++) {
      if (members[member] == null) {
        throw Values.invalid(path + '/' + NAMES.get(member), "missing, or of the wrong type");
      }
    }
    return new TransferRequest(Optional.ofNullable(members[ID]), members[DEBIT], members[CREDIT], members[AMOUNT],
        members[ASSET],
        Optional.ofNullable(members[REFERENCE]), Optional.ofNullable(members[VALUE_DATE]));
  }

  private static boolean isRequired(int member) {
    return member >= DEBIT && member <= ASSET;
  }

  private static int indexOf(String name) {
    return switch (name) {
      case "id" -> ID;
      case "debit" -> DEBIT;
      case "credit" -> CREDIT;
      case "amount" -> AMOUNT;
      case "asset" -> ASSET;
      case "reference" -> REFERENCE;
      case "valueDate" -> VALUE_DATE;
      default -> -1;
    };
  }

  private static String parserPath(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
