package ai.qenex.launcher.demo;

import ai.qenex.launcher.demo.DayReport.Books;
import ai.qenex.launcher.demo.DayReport.Cycle;
import ai.qenex.launcher.demo.DayReport.Output;
import ai.qenex.launcher.demo.DayReport.Position;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Reads the report's figures out of what the bank answers. */
final class DayFigures {

  private DayFigures() {}

  /** The clearing cycles that have obligations. */
  static List<Cycle> cycles(JsonNode answer) {
    List<Cycle> cycles = new ArrayList<>();
    for (JsonNode cycle : answer.path("items")) {
      List<Position> positions = new ArrayList<>();
      for (JsonNode position : cycle.path("positions")) {
        positions
            .add(new Position(position.path("bank").asText(), amount(position, "sent"), amount(position, "received"),
                amount(position, "net")));
      }
      if (cycle.path("obligations").asLong() > 0) {
        cycles.add(
            new Cycle(cycle.path("asset").asText(), cycle.path("status").asText(), cycle.path("obligations").asLong(),
                amount(cycle, "gross"), positions));
      }
    }
    return cycles;
  }

  static Books books(JsonNode check) {
    List<String> violations = new ArrayList<>();
    check.path("violations").forEach(violation -> violations.add(violation.asText()));
    return new Books(check.path("passed").asBoolean(), check.path("sums").size(), check.path("entries").asLong(),
        violations);
  }

  /**
   * @param executions of the job that ends a day
   * @param cycles as of {@link #cycles}
   */
  static Output output(LocalDate date, JsonNode executions, JsonNode cycles) {
    long statements = 0;
    for (JsonNode execution : executions.path("items")) {
      if (execution.path("parameters").path("businessDate").asText().equals(date.toString())) {
        for (JsonNode step : execution.path("steps")) {
          statements = step.path("name").asText().equals("statements") ? step.path("done").asLong() : statements;
        }
      }
    }
    long messages = cycles.findValues("messageId").stream().filter(JsonNode::isTextual).count();
    return new Output(statements, messages);
  }

  private static BigDecimal amount(JsonNode node, String member) {
    return new BigDecimal(node.path(member).asText("0"));
  }
}
