package ai.qenex.web.approval;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.InvalidAmountException;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Product;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What policies judge a request by, read from its body and address before the resource reads them. What cannot be told
 * counts as more than any sum: a mistake here asks for one approval too many and never for one too few.
 */
final class ReadFigures {

  private static final int LONGEST_NAME = 200;

  private final Accounts accounts;

  ReadFigures(Accounts accounts) {
    this.accounts = accounts;
  }

  OperationFigures of(Operation operation, MultivaluedMap<String, String> path, byte[] body) throws IOException {
    return switch (operation) {
      case TRANSFER -> transfer(json(body));
      case PAYMENT -> amount(json(body), "asset", isInternal(json(body), "debtor", "creditor"));
      case ALLOCATION -> amount(json(body), "asset", true);
      case CONVERSION -> OperationFigures.ofOpenAmount(true);
      case SWEEP -> OperationFigures.ofOpenAmount(
          isInternal(path.getFirst("ref")) || isInternal(json(body), "to"));
      case HOLD_CAPTURE, REVERSAL -> OperationFigures.ofOpenAmount(true);
      case PAYMENT_FILE -> FileTotals.of(body, accounts);
      case ACCOUNT_LIMIT -> limit(path.getFirst("ref"), json(body));
      case RIGHTS_CHANGE -> concerning(path, json(body));
      case ACCOUNT_CHANGE, BOOKS_CHANGE, PERIOD_CLOSE, ARCHIVE_DETACH, JOB, KEY_CHANGE, POLICY_CHANGE ->
        OperationFigures.NONE;
    };
  }

  /** The idempotency id that the body itself carries. */
  static Optional<String> idOf(byte[] body) {
    try {
      return body.length > 0 && body[0] == '{' ? Optional.ofNullable(json(body).path("id").textValue())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** No body is an object without members, as where bodies may be left out. */
  private static JsonNode json(byte[] body) throws IOException {
    byte[] object = body.length == 0 ? new byte[] {'{', '}'} : body;
    return JsonBodyReader.readPlace(new ByteArrayInputStream(object)).node();
  }

  /** Both shapes of a transfer; linked moves are neither, and count as whatever they may be. */
  private OperationFigures transfer(JsonNode body) {
    if (!body.has("debit") && !body.has("from")) {
      return OperationFigures.ofOpenAmount(true);
    }
    return amount(body, body.has("token") ? "token" : "asset", isInternal(body, "debit", "credit", "from", "to"));
  }

  private OperationFigures amount(JsonNode body, String assetMember, boolean internal) {
    JsonNode amount = body.path("amount");
    Optional<Asset> asset = Optional.ofNullable(body.path(assetMember).textValue()).flatMap(accounts::asset);
    if (asset.isPresent() && amount.isNumber()) {
      return OperationFigures.of(roundedUp(amount, asset.get()), internal);
    }
    if (asset.isEmpty() || !amount.isTextual() || amount.textValue().equals("all")) {
      return OperationFigures.ofOpenAmount(internal);
    }
    return OperationFigures.of(Values.positiveMoney("/amount", amount.textValue(), asset.get()), internal);
  }

  /** A number with decimals was read as a double, which may be a little less than what was written. */
  private static Money roundedUp(JsonNode number, Asset asset) {
    BigDecimal exact = number.isIntegralNumber() ? number.decimalValue()
        : new BigDecimal(Double.toString(Math.nextUp(number.doubleValue())));
    try {
      return Money.of(exact.setScale(asset.scale(), RoundingMode.CEILING), asset);
    } catch (InvalidAmountException | NumberFormatException e) {
      throw Values.invalid("/amount", "not an amount");
    }
  }

  private OperationFigures limit(String ref, JsonNode body) {
    Account account = AccountNames.find(accounts, ref);
    boolean internal = account.product() == Product.INTERNAL;
    String limit = body.path("limit").textValue();
    if (limit == null) {
      throw Values.invalid("/limit", "missing, or of the wrong type");
    }
    Money wanted = Values.limit("/limit", limit, account.asset());
    return OperationFigures.of(wanted, internal);
  }

  private static OperationFigures concerning(MultivaluedMap<String, String> path, JsonNode body) {
    String name = Stream.of("name", "id").map(path::getFirst).filter(text -> text != null).findFirst()
        .orElse(body.path("client").asText());
    return OperationFigures.concerning(name.length() > LONGEST_NAME ? "" : name);
  }

  private boolean isInternal(JsonNode body, String... members) {
    return Stream.of(members).map(member -> body.path(member).textValue()).anyMatch(this::isInternal);
  }

  private boolean isInternal(String name) {
    return name != null && AccountNames.refOf(name).flatMap(accounts::find)
        .filter(account -> account.product() == Product.INTERNAL).isPresent();
  }
}
