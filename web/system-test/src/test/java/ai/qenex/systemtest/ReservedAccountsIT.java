package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Transfers that clients make up themselves stay away from the accounts that payments between banks run over. */
class ReservedAccountsIT {

  private static final String BATCH = "/api/v1/transfers/batch";

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");
  private final String customer = teller.openWith("EUR", "100.00");

  @Test
  void letsNobodyMoveAClearingAccountHoweverItIsNamed() {
    teller.post("/api/v1/payments", Map.of("debtor", customer, "creditor", "FR7630006000011234567890189",
        "creditorAgent", "BNPAFRPP", "creditorName", "Abroad", "amount", "1.00", "asset", "EUR"));
    JsonNode clearing = teller.get("/api/v1/accounts/clearing.EUR").expect(200).body();
    String before = clearing.path("booked").asText();
    for (String name : List.of("clearing.EUR", clearing.path("id").asText(), clearing.path("address").asText())) {
      for (Api client : List.of(teller, operator)) {
        assertReserved(client, "/debit", Api.order(name, customer, "1.00", "EUR"));
        assertReserved(client, "/credit", Api.order(customer, name, "1.00", "EUR"));
      }
    }
    assertEquals(before, teller.booked("clearing.EUR"));
    assertEquals("99.00", teller.booked(customer));
  }

  @Test
  void letsOnlyOperatorsMoveANostroAccount() {
    String alias = "nostro.COBADEFF.EUR";
    operator.post("/api/v1/accounts",
        Map.of("asset", "EUR", "owner", "Other bank", "product", "internal", "alias", alias));
    String id = teller.get("/api/v1/accounts/" + alias).expect(200).text("id");
    String cash = operator.open("EUR", "internal").path("id").asText();
    assertReserved(teller, "/credit", Api.order(cash, id, "1.00", "EUR"));
    assertReserved(teller, "/debit", Api.order(alias, cash, "1.00", "EUR"));
    operator.transfer(cash, id, "1.00", "EUR").expect(201);
    operator.transfer(alias, cash, "1.00", "EUR").expect(201);
    teller.transfer(cash, customer, "1.00", "EUR").expect(201);
  }

  private void assertReserved(Api client, String path, Map<String, String> order) {
    Api.Answer single = client.post("/api/v1/transfers", order).expectProblem(422, "ACCOUNT_RESERVED");
    assertEquals(path, single.text("path"));
    client.post("/api/v1/transaction", "{\"from\":\"" + order.get("debit") + "\",\"to\":\"" + order.get("credit")
        + "\",\"amount\":1.00,\"token\":\"EUR\"}").expectProblem(422, "ACCOUNT_RESERVED");
    String fine = Api.json(Api.order(customer, customer, "1.00", "EUR"));
    JsonNode results = client.post(BATCH, "[" + Api.json(order) + "," + fine + "]").expect(200).body();
    assertEquals("ACCOUNT_RESERVED", results.get(0).path("code").asText(), results::toString);
    assertEquals("SAME_ACCOUNT", results.get(1).path("code").asText(), results::toString);
    JsonNode line = client.postAs("application/x-ndjson", BATCH, Api.json(order)).expect(200).body();
    assertEquals("ACCOUNT_RESERVED", line.path("code").asText(), line::toString);
  }
}
