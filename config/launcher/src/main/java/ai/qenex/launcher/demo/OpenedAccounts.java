package ai.qenex.launcher.demo;

import static ai.qenex.launcher.demo.BankClient.Client.OPERATOR;

import ai.qenex.launcher.demo.BankClient.Answer;
import ai.qenex.launcher.demo.BankClient.Body;
import ai.qenex.launcher.demo.SampleBank.Opening;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts of the sample bank, once they are open: opens those that are missing, pays in the deposits, and knows
 * their IBANs.
 */
final class OpenedAccounts {

  private static final int LANES = 4;

  private final BankClient bank;
  private final SampleBank sample;
  private final Map<String, String> ibans = new ConcurrentHashMap<>();

  OpenedAccounts(BankClient bank, SampleBank sample) {
    this.bank = bank;
    this.sample = sample;
  }

  /** The ids of this bank's days; opens the first account of the sample if the bank is empty. */
  OrderIds ids() {
    return new OrderIds(UUID.fromString(account(sample.accounts().get(0)).path("id").asText()));
  }

  /** Opens what is missing. */
  void open(Progress progress) {
    List<List<Opening>> lanes = new ArrayList<>();
    List<Opening> all = sample.accounts();
    for (int lane = 0; lane < LANES; lane++) {
      List<Opening> own = new ArrayList<>();
      for (int i = lane; i < all.size(); i += LANES) {
        own.add(all.get(i));
      }
      lanes.add(own);
    }
    Lanes.run(lanes, opening -> {
      JsonNode iban = account(opening).path("iban");
      if (iban.isTextual()) {
        ibans.put(opening.alias(), iban.asText());
      }
      progress.advance(1);
    });
  }

  /** Pays in the deposits; a deposit that was paid in before is not paid in again. Answers how many there are. */
  int payIn(OrderIds ids) {
    ArrayNode transfers = BankClient.JSON.createArrayNode();
    for (Opening opening : sample.deposits()) {
      transfers.addObject().put("id", depositId(ids, opening)).put("debit", opening.vault())
          .put("credit", opening.alias())
          .put("amount", opening.deposit().orElseThrow()).put("asset", opening.asset())
          .put("reference", "Opening deposit");
    }
    JsonNode results = bank.post(OPERATOR, "/api/v1/transfers/batch", Body.json(transfers)).expected().json();
    for (JsonNode result : results) {
      if (!result.path("status").asText().equals("posted")) {
        throw new DemoFaultException("an opening deposit was refused: " + result);
      }
    }
    return results.size();
  }

  /** Freezes and closes what does not stay open. */
  void bar() {
    for (Opening opening : sample.barred()) {
      String path = "/api/v1/accounts/" + opening.alias();
      if (!bank.get(OPERATOR, path).expected().json().path("status").asText().equals(opening.state())) {
        bank.post(OPERATOR, path + (opening.state().equals("frozen") ? "/freeze" : "/close"), Body.NONE).expected();
      }
    }
  }

  /** The transfer that tells on which business day the sample bank began. */
  String firstDepositId(OrderIds ids) {
    return depositId(ids, sample.deposits().get(0));
  }

  /** @throws DemoFaultException if the account has none */
  String iban(String alias) {
    String iban = ibans.get(alias);
    if (iban == null) {
      throw new DemoFaultException("the account " + alias + " has no IBAN");
    }
    return iban;
  }

  private static String depositId(OrderIds ids, Opening opening) {
    return ids.of("deposit " + opening.alias());
  }

  private JsonNode account(Opening opening) {
    String path = "/api/v1/accounts/" + opening.alias();
    Answer found = bank.get(OPERATOR, path);
    if (found.status() == BankClient.NOT_FOUND) {
      ObjectNode body = BankClient.JSON.createObjectNode().put("asset", opening.asset()).put("owner", opening.owner())
          .put("product", opening.product()).put("alias", opening.alias());
      opening.overdraft().ifPresent(limit -> body.put("overdraftLimit", limit));
      Answer opened = bank.post(OPERATOR, "/api/v1/accounts", Body.json(body));
      // An answer may get lost on its way: then the second attempt is refused, and the account of the first one is
      // there.
      found = opened.isSuccess() ? opened : bank.get(OPERATOR, path);
      if (found.status() == BankClient.NOT_FOUND) {
        return opened.expected().json();
      }
    }
    return found.expected().json();
  }
}
