package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Personal data in the running bank: nowhere in clear, found by name, under the newest key, gone when shredded. */
class DataKeysIT {

  private final Api administrator = Api.as("administrator");
  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");

  @Test
  void protectsNamesOfPaymentsAndLosesThemWithTheirKey() {
    String debtor = teller.openWith("EUR", "100.00");
    String creditor = teller.open("EUR", "current").path("id").asText();
    String name = Api.unique("Zoë Müller-Straße");
    String text = Api.unique("rent for May");
    JsonNode payment = pay(debtor, creditor, name, text);
    String id = payment.path("id").asText();
    String row = stored("select p::text from payments.payment p where id = '" + id + "'");
    assertFalse(row.contains(name) || row.contains(text), row);
    assertFalse(stored("select coalesce(reference, '') from ledger.log where id = '" + id + "'").contains(text));

    assertEquals(id, operator.get("/api/v1/payments?party=" + encoded(name.toUpperCase(java.util.Locale.ROOT)))
        .expect(200).body().path("items").path(0).path("id").asText());
    assertEquals(0, operator.get("/api/v1/payments?party=nobody").expect(200).body().path("items").size());
    operator.get("/api/v1/payments").expectInvalid("party");
    teller.get("/api/v1/payments?party=nobody").expectProblem(403, "FORBIDDEN");

    int former = epochs("active");
    int active = administrator.post("/api/v1/data-keys/bank/rotate").expect(200).body().path("epoch").asInt();
    assertEquals(former + 1, active);
    while (!administrator.post("/api/v1/payments/protection?limit=500").expect(200).body()
        .path("complete").asBoolean()) {
      assertEquals(active, epochs("active"));
    }
    String later = stored("select personal_epoch::text from payments.payment where id = '" + id + "'");
    assertEquals(Integer.toString(active), later);
    assertEquals(text, teller.get("/api/v1/payments/" + id).expect(200).text("remittance"));

    administrator.post("/api/v1/data-keys/bank/" + active + "/shred").expectProblem(409, "DATA_KEY_STATE");
    administrator.post("/api/v1/data-keys/nobody/rotate").expectProblem(404, "DATA_KEY_NOT_FOUND");
    administrator.post("/api/v1/payments/protection?limit=0").expectInvalid("limit");
    administrator.post("/api/v1/payments/protection?limit=5001").expectInvalid("limit");
    assertTrue(administrator.get("/api/v1/data-keys").expect(200).body().path("items").size() >= 2);
  }

  private JsonNode pay(String debtor, String creditor, String name, String text) {
    Map<String, String> order = new LinkedHashMap<>();
    order.put("debtor", debtor);
    order.put("creditor", creditor);
    order.put("creditorName", name);
    order.put("amount", "5.00");
    order.put("asset", "EUR");
    order.put("remittance", text);
    return teller.post("/api/v1/payments", order).expect(201).body();
  }

  private int epochs(String state) {
    int epoch = 0;
    for (JsonNode key : administrator.get("/api/v1/data-keys").expect(200).body().path("items")) {
      if (key.path("tenant").asText().equals("bank") && key.path("state").asText().equals(state)) {
        epoch = key.path("epoch").asInt();
      }
    }
    return epoch;
  }

  private static String encoded(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String stored(String sql) {
    try (Connection connection = DriverManager.getConnection(RunningBank.get().jdbcUrl());
        Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError("the database cannot be asked", e);
    }
  }
}
