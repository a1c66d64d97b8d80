package ai.qenex.ledger.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.GeneralLedger.Journal;
import ai.qenex.ledger.GeneralLedger.Line;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * A journal as JSON: {@code {"eventId","businessDate","lines":[{"glCode","asset","debits","credits"}]}}, amounts as
 * decimal texts.
 */
final class JournalText {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JournalText() {}

  /** The body of the message. */
  static String message(Journal journal) {
    var message = JSON.createObjectNode().put("eventId", journal.eventId().toString())
        .put("businessDate", journal.date().toString());
    message.set("lines", array(journal));
    return message.toString();
  }

  /** The array of lines alone. */
  static String lines(Journal journal) {
    return array(journal).toString();
  }

  private static ArrayNode array(Journal journal) {
    var lines = JsonNodeFactory.instance.arrayNode();
    for (Line line : journal.lines()) {
      lines.addObject().put("glCode", line.glCode()).put("asset", line.debits().asset().code())
          .put("debits", line.debits().toDecimalString()).put("credits", line.credits().toDecimalString());
    }
    return lines;
  }

  /** Reads what {@link #lines(Journal)} wrote. */
  static List<Line> lines(String json, AssetTable assets) {
    try {
      var lines = new ArrayList<Line>();
      for (var line : JSON.readTree(json)) {
        Asset asset = assets.byCode(line.get("asset").textValue());
        lines.add(new Line(line.get("glCode").textValue(), Money.parse(line.get("debits").textValue(), asset),
            Money.parse(line.get("credits").textValue(), asset)));
      }
      return lines;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored journal is no JSON", e);
    }
  }
}
