package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.Refusal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The JSON in {@code ledger.log.detail}: what was refused, opened or changed. Amounts are minor units as text. */
final class EntryDetail {

  /** Of an entry whose columns tell all. */
  static final String NONE = "{}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();
  private static final int TYPICAL_REFUSAL = 256;

  private EntryDetail() {}

  /** Written by hand: a flood of refusals must not cost more than one of transfers. */
  static String of(Refusal refusal) {
    // an array keeps the order of the figures, which jsonb does not keep of members
    var json = new StringBuilder(TYPICAL_REFUSAL).append("{\"clause\":\"").append(refusal.clause().name())
        .append("\",\"figures\":[");
    String separator = "[\"";
    for (Map.Entry<String, String> figure : refusal.figures().entrySet()) {
      json.append(separator);
      QUOTES.quoteAsString(figure.getKey(), json);
      json.append("\",\"");
      QUOTES.quoteAsString(figure.getValue(), json);
      json.append("\"]");
      separator = ",[\"";
    }
    return json.append("]}").toString();
  }

  static String of(Account account, Optional<Asked> asked) {
    ObjectNode node = node(account);
    asked.ifPresent(who -> node.put("by", who.by()).put("reason", who.reason()));
    return node.toString();
  }

  /** @param expiry of a hold that was placed */
  static String of(Instant expiry) {
    return "{\"expiresAt\":\"" + expiry + "\"}";
  }

  private static ObjectNode node(Account account) {
    ObjectNode node = JSON.createObjectNode()
        .put("number", account.number().value())
        .put("id", account.id().toString())
        .put("address", account.address())
        .put("asset", account.asset().code())
        .put("owner", account.owner())
        .put("product", account.product().code())
        .put("status", account.status().code());
    account.iban().ifPresent(iban -> node.put("iban", iban.value()));
    account.alias().ifPresent(alias -> node.put("alias", alias));
    account.overdraftLimit().ifPresent(limit -> node.put("overdraftLimit", limit.toString()));
    return node;
  }

  static String of(AssetRegistered registered) {
    return JSON.createObjectNode().put("asset", registered.asset().code()).put("scale", registered.asset().scale())
        .put("number", registered.number()).toString();
  }

  static AssetRegistered asset(String json, long seq, UUID id, Instant at) {
    JsonNode node = read(json);
    return new AssetRegistered(seq, id, at,
        new Asset(node.get("asset").textValue(), node.get("scale").intValue()), node.get("number").intValue());
  }

  static String of(BusinessDate date) {
    return JSON.createObjectNode().put("date", date.toString()).toString();
  }

  static Refusal refusal(String json) {
    JsonNode node = read(json);
    Map<String, String> figures = new LinkedHashMap<>();
    node.get("figures").forEach(figure -> figures.put(figure.get(0).textValue(), figure.get(1).textValue()));
    return new Refusal(Clause.valueOf(node.get("clause").textValue()), figures);
  }

  static Account account(String json, AssetTable assets) {
    JsonNode node = read(json);
    return new Account(
        new AccountNumber(node.get("number").longValue()), UUID.fromString(node.get("id").textValue()),
        node.get("address").textValue(), text(node, "iban").map(Iban::new), text(node, "alias"),
        assets.byCode(node.get("asset").textValue()), node.get("owner").textValue(),
        Product.ofCode(node.get("product").textValue()).orElseThrow(),
        AccountStatus.valueOf(node.get("status").textValue().toUpperCase(Locale.ROOT)),
        text(node, "overdraftLimit").map(Amount::ofMinorUnits));
  }

  /** Who asked for the opening or change and why; empty if nobody in particular did. */
  static Optional<Asked> asked(String json) {
    JsonNode node = read(json);
    return text(node, "by").map(by -> new Asked(by, text(node, "reason").orElse("")));
  }

  static Instant expiry(String json) {
    return Instant.parse(read(json).get("expiresAt").textValue());
  }

  static BusinessDate date(String json) {
    return BusinessDate.parse(read(json).get("date").textValue());
  }

  private static Optional<String> text(JsonNode node, String member) {
    return Optional.ofNullable(node.get(member)).map(JsonNode::textValue);
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a detail of the log is no JSON", e);
    }
  }
}
