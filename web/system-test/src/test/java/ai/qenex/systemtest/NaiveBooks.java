package ai.qenex.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The slow and obvious oracle: transfers by their place in the log, replayed one by one on a map of balances. It knows
 * nothing but what the bank's public answers say.
 */
final class NaiveBooks {

  private final Map<Long, JsonNode> bySeq = new TreeMap<>();
  private final Set<String> ids = new HashSet<>();

  /** Takes in every transfer that an account lists, once however many accounts list it. */
  void readAll(Api api, String account) {
    String cursor = "";
    do {
      JsonNode page = api.get("/api/v1/accounts/" + account + "/transfers?limit=1000" + cursor).expect(200).body();
      page.path("items").forEach(this::add);
      cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
  }

  private void add(JsonNode transfer) {
    JsonNode known = bySeq.putIfAbsent(transfer.path("seq").asLong(), transfer);
    if (known == null && !ids.add(transfer.path("id").asText())) {
      throw new AssertionError("the log has the id twice: " + transfer);
    }
    if (known != null && !known.equals(transfer)) {
      throw new AssertionError("two transfers at one place of the log: " + known + " and " + transfer);
    }
  }

  boolean has(String id) {
    return ids.contains(id);
  }

  int size() {
    return ids.size();
  }

  /** Balances of all accounts that the transfers name. @param floors no transfer may take these accounts below zero */
  Map<String, BigDecimal> balances(Set<String> floors) {
    Map<String, BigDecimal> balances = new HashMap<>();
    for (JsonNode transfer : bySeq.values()) {
      BigDecimal amount = new BigDecimal(transfer.path("amount").asText());
      balances.merge(transfer.path("debit").asText(), amount.negate(), BigDecimal::add);
      balances.merge(transfer.path("credit").asText(), amount, BigDecimal::add);
      String debit = transfer.path("debit").asText();
      if (floors.contains(debit) && balances.get(debit).signum() < 0) {
        throw new AssertionError(debit + " went below zero by " + transfer);
      }
    }
    return balances;
  }

  /** What an account had just before a place of the log. */
  BigDecimal balanceBefore(String account, long seq) {
    BigDecimal balance = BigDecimal.ZERO;
    for (Map.Entry<Long, JsonNode> entry : bySeq.entrySet()) {
      if (entry.getKey() >= seq) {
        break;
      }
      BigDecimal amount = new BigDecimal(entry.getValue().path("amount").asText());
      if (entry.getValue().path("debit").asText().equals(account)) {
        balance = balance.subtract(amount);
      }
      if (entry.getValue().path("credit").asText().equals(account)) {
        balance = balance.add(amount);
      }
    }
    return balance;
  }
}
