package ai.qenex.launcher.demo;

import static ai.qenex.launcher.demo.BankClient.Client.OPERATOR;
import static ai.qenex.launcher.demo.BankClient.Client.TELLER;

import ai.qenex.launcher.demo.BankClient.Answer;
import ai.qenex.launcher.demo.BankClient.Body;
import ai.qenex.launcher.demo.DayReport.Expectation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Sends the day's payments: files as pain.001, single ones and transfers as JSON. */
final class PaymentSteps {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int MOST_LOOKS = 6_000;
  private static final int UNPROCESSABLE = 422;

  private final BankClient bank;
  private final OrderIds ids;
  private final LocalDate date;

  PaymentSteps(BankClient bank, OrderIds ids, LocalDate date) {
    this.bank = bank;
    this.ids = ids;
    this.date = date;
  }

  /** Hands in a payment file, waits until it is worked through, and fetches the status report. */
  StatusReport sendFile(byte[] document, Progress progress) {
    JsonNode taken = bank.post(TELLER, "/api/v1/payment-files", Body.xml(document)).expected().json();
    String path = "/api/v1/payment-files/" + taken.path("id").asText();
    for (int look = 0; look < MOST_LOOKS; look++) {
      JsonNode file = bank.get(TELLER, path).expected().json();
      String status = file.path("status").asText();
      if (status.equals("finished") || status.equals("rejected")) {
        return StatusReport.parse(bank.getXml(TELLER, path + "/status-report").expected().bytes());
      }
      progress.reach(decided(file.path("byStatus")));
      BankClient.pause(BETWEEN_LOOKS);
    }
    throw new DemoFaultException("the payment file " + path + " does not come to an end");
  }

  private static long decided(JsonNode byStatus) {
    long decided = 0;
    for (String status : new String[] {"booked", "clearing", "settled", "rejected"}) {
      decided += byStatus.path(status).asLong();
    }
    return decided;
  }

  /** Counts what a status report says: refused with its reason, or accepted. */
  static Tally tally(String step, StatusReport report, int payments) {
    Tally tally = new Tally(step);
    report.transactions().stream().filter(StatusReport.Verdict::isRefused)
        .forEach(verdict -> tally.refuse(verdict.reason(), 1));
    tally.accept(payments - tally.refused());
    return tally;
  }

  /** Sends every payment of a JSON file; each gets its id and the day in its end-to-end id. */
  Tally sendPayments(String step, String path, Progress progress) {
    Tally tally = new Tally(step);
    for (JsonNode order : orders(path)) {
      ObjectNode payment = order.deepCopy();
      String name = date + "-" + order.path("endToEndId").asText();
      payment.put("id", ids.of("payment " + name)).put("endToEndId", name);
      count(bank.post(TELLER, "/api/v1/payments", Body.json(payment)), tally);
      progress.advance(1);
    }
    return tally;
  }

  private static void count(Answer answer, Tally tally) {
    JsonNode payment = answer.json();
    if (answer.isSuccess() && !payment.path("status").asText().equals("rejected")) {
      tally.accept(1);
    } else if (answer.isSuccess()) {
      tally.refuse(payment.path("reason").path("code").asText(), 1);
    } else if (answer.status() == UNPROCESSABLE) {
      tally.refuse(payment.path("code").asText(), 1);
    } else {
      answer.expected();
    }
  }

  /** Records what other banks owe each other; all are taken or none. */
  Tally recordObligations(String step, Progress progress) {
    ArrayNode obligations = BankClient.JSON.createArrayNode();
    for (JsonNode obligation : orders("payments/obligations.json")) {
      ObjectNode named = obligation.deepCopy();
      named.put("id", ids.of("obligation " + date + " " + obligations.size())).put("businessDate", date.toString());
      obligations.add(named);
    }
    bank.post(OPERATOR, "/api/v1/settlement/obligations", Body.json(obligations)).expected();
    Tally tally = new Tally(step);
    tally.accept(obligations.size());
    progress.advance(obligations.size());
    return tally;
  }

  /** Posts the transfers of {@code payments/transfers.json} and holds each answer against what the file expects. */
  Tally sendTransfers(String step, Consumer<Expectation> compared, Progress progress) {
    Tally tally = new Tally(step);
    int number = 0;
    for (JsonNode order : orders("payments/transfers.json")) {
      number++;
      ObjectNode transfer = order.deepCopy();
      transfer.remove("expect");
      transfer.put("id", ids.of("transfer " + date + " " + number));
      Answer answer = bank.post(TELLER, "/api/v1/transfers", Body.json(transfer));
      String outcome = answer.isSuccess() ? "posted" : answer.json().path("code").asText();
      compared.accept(new Expectation("transfer " + number, order.path("expect").asText(), outcome,
          order.path("reference").asText()));
      if (answer.isSuccess()) {
        tally.accept(1);
      } else {
        tally.refuse(outcome, 1);
      }
      progress.advance(1);
    }
    return tally;
  }

  /** The orders of a JSON file: an array. */
  static JsonNode orders(String path) {
    try {
      return BankClient.JSON.readTree(DemoFiles.text(path));
    } catch (JsonProcessingException e) {
      throw new DemoFaultException("demo/" + path + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }
}
