package ai.qenex.launcher.demo;

import static ai.qenex.launcher.demo.BankClient.Client.TELLER;

import ai.qenex.launcher.demo.BankClient.Body;
import ai.qenex.launcher.demo.CardPurchases.Purchase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** Posts the card purchases of a day in batches. */
record CardStep(BankClient bank, OrderIds ids, LocalDate date) {

  private static final int MAX_ATTEMPTS = 20;

  Tally send(CardPurchases purchases, Progress progress) {
    Tally tally = new Tally("Card purchases");
    List<List<List<Purchase>>> lanes = purchases.dealt(date.toEpochDay()).stream()
        .map(lane -> Lanes.pieces(lane, purchases.batch())).toList();
    Lanes.run(lanes, batch -> {
      post(batch, tally);
      progress.advance(batch.size());
    });
    return tally;
  }

  private void post(List<Purchase> batch, Tally tally) {
    ArrayNode transfers = BankClient.JSON.createArrayNode();
    for (Purchase purchase : batch) {
      transfers.addObject().put("id", ids.of(date + " card " + purchase.number())).put("debit", purchase.card())
          .put("credit", purchase.merchant().alias()).put("amount", purchase.amount()).put("asset", "EUR")
          .put("reference", "Card, " + purchase.merchant().name());
    }
    for (JsonNode result : decided(Body.json(transfers))) {
      if (result.path("status").asText().equals("posted")) {
        tally.accept(1);
      } else {
        tally.refuse(result.path("code").asText(), 1);
      }
    }
  }

  /**
   * The results of a batch of which each is known; what the ledger could not say in time it is asked again, by the same
   * ids.
   */
  private JsonNode decided(Body batch) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      JsonNode results = bank.post(TELLER, "/api/v1/transfers/batch", batch).expected().json();
      if (results.findValuesAsText("status").stream().noneMatch("unknown"::equals)) {
        return results;
      }
      BankClient.pause(Duration.ofSeconds(1));
    }
    throw new DemoFaultException(
        "the ledger did not say what became of a batch of card purchases, asked " + MAX_ATTEMPTS + " times");
  }
}
