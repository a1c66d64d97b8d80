package ai.qenex.launcher.demo;

import static ai.qenex.launcher.demo.BankClient.Client.OPERATOR;

import ai.qenex.launcher.demo.BankClient.Body;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;

/** Runs the job that ends a business day and watches it to its end. */
record EndOfDay(BankClient bank) {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int MOST_LOOKS = 9_000;
  private static final int PERCENT = 100;

  /** @throws DemoFaultException if the job fails or is stopped by somebody */
  void run(LocalDate date, Progress progress) {
    progress.start("End of day", PERCENT);
    Body parameters = Body.json(BankClient.JSON.createObjectNode().put("businessDate", date.toString()));
    JsonNode execution = bank.post(OPERATOR, "/api/v1/jobs/end-of-day", parameters).expected().json();
    String path = "/api/v1/jobs/executions/" + execution.path("id").asText();
    for (int look = 0; look < MOST_LOOKS; look++) {
      switch (execution.path("status").asText()) {
        case "completed" -> {
          return;
        }
        case "failed", "stopped" ->
          throw new DemoFaultException("the end of day " + execution.path("status").asText() + " in step "
              + execution.path("step").asText() + ": " + execution.path("failure").asText("no reason given") + " (POST "
              + path
              + "/restart goes on)");
        default -> progress.reach(execution.path("percent").asLong());
      }
      BankClient.pause(BETWEEN_LOOKS);
      execution = bank.get(OPERATOR, path).expected().json();
    }
    throw new DemoFaultException("the end of day does not come to an end: " + path);
  }
}
