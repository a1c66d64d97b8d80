package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonPlace;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;

/** Reads moves that are to be carried out as one; every refusal names the path of what is wrong. For one request. */
final class LinkedReader {

  static final int MAX_ITEMS = 1_000;

  private final Known known;
  /** Makes the id of an item that has none. */
  private final IntFunction<UUID> ids;
  /** Assets of the holds that items place. */
  private final Map<UUID, Asset> placed = new HashMap<>();
  private final Set<UUID> used = new HashSet<>();

  LinkedReader(Known known, IntFunction<UUID> ids) {
    this.known = known;
    this.ids = ids;
  }

  /** What there is already. Each throws a problem that names the path if there is no such thing. */
  interface Known {

    Asset asset(String path, String code);

    AccountNumber account(String path, String name);

    /** The asset of a hold. */
    Asset assetOfHold(String path, String id);

    /** A transfer that this client may reverse. */
    TransferPosted transfer(String path, String id);
  }

  /** @param type as the client wrote it */
  record Item(String type, Instruction instruction) {

    UUID id() {
      return instruction.ids().get(0);
    }
  }

  /** Refuses with 400 and the path of what is wrong, or with what {@link Known} says. */
  List<Item> read(JsonPlace body) {
    List<JsonPlace> places = body.items(MAX_ITEMS);
    var items = new ArrayList<Item>(places.size());
    for (int i = 0; i < places.size(); i++) {
      JsonPlace place = places.get(i);
      if (!place.node().isObject()) {
        throw Values.invalid(place.path(), "an object is expected");
      }
      items.add(new Item(place.text("type"), instruction(place, id(place, i))));
    }
    return items;
  }

  private Instruction instruction(JsonPlace place, UUID id) {
    return switch (place.text("type")) {
      case "transfer" -> transfer(place, id);
      case "hold" -> hold(place, id);
      case "capture" -> capture(place, id);
      case "release" -> release(place, id);
      case "reversal" -> reversal(place, id);
      default -> throw Values.invalid(place.path() + "/type", "transfer, hold, capture, release or reversal");
    };
  }

  private UUID id(JsonPlace place, int index) {
    UUID id = place.optionalText("id").map(text -> Values.uuid(place.path() + "/id", text))
        .orElseGet(() -> ids.apply(index));
    if (!used.add(id)) {
      throw Values.invalid(place.path() + "/id", "two of the moves have the same id");
    }
    return id;
  }

  private Instruction transfer(JsonPlace place, UUID id) {
    place.object("type", "id", "debit", "credit", "amount", "asset", "reference", "valueDate");
    Money amount = amount(place, asset(place));
    return Values.build(place.path(), () -> PostTransfers.of(new TransferOrder(id, account(place, "debit"),
        account(place, "credit"), amount, reference(place), valueDate(place), Optional.empty())));
  }

  private Instruction hold(JsonPlace place, UUID id) {
    place.object("type", "id", "account", "amount", "asset", "beneficiary", "expiresAt", "reference");
    Asset asset = asset(place);
    Money amount = amount(place, asset);
    placed.put(id, asset);
    Optional<AccountNumber> beneficiary =
        place.optionalText("beneficiary").map(name -> known.account(place.path() + "/beneficiary", name));
    return Values.build(place.path(), () -> new PlaceHold(id, account(place, "account"), amount, beneficiary,
        place.optionalText("expiresAt").map(text -> Values.instant(place.path() + "/expiresAt", text)),
        reference(place)));
  }

  private Instruction capture(JsonPlace place, UUID id) {
    place.object("type", "id", "hold", "amount", "credit", "final", "reference", "valueDate");
    UUID hold = Values.uuid(place.path() + "/hold", place.text("hold"));
    Asset asset = assetOf(hold, place);
    Optional<Money> amount = place.has("amount") ? Optional.of(amount(place, asset)) : Optional.empty();
    Optional<AccountNumber> credit =
        place.optionalText("credit").map(name -> known.account(place.path() + "/credit", name));
    return Values.build(place.path(),
        () -> new CaptureHold(id, hold, amount, credit, last(place), reference(place), valueDate(place)));
  }

  private Instruction release(JsonPlace place, UUID id) {
    place.object("type", "id", "hold");
    UUID hold = Values.uuid(place.path() + "/hold", place.text("hold"));
    assetOf(hold, place);
    return new ReleaseHold(id, hold);
  }

  private Instruction reversal(JsonPlace place, UUID id) {
    place.object("type", "id", "transfer", "reference", "valueDate");
    TransferPosted transfer = known.transfer(place.path() + "/transfer", place.text("transfer"));
    return Values.build(place.path(),
        () -> new ReverseTransfer(id, transfer.id(), reference(place), valueDate(place)));
  }

  private Asset assetOf(UUID hold, JsonPlace place) {
    Asset ofEarlier = placed.get(hold);
    return ofEarlier == null ? known.assetOfHold(place.path() + "/hold", hold.toString()) : ofEarlier;
  }

  private static boolean last(JsonPlace place) {
    if (!place.has("final")) {
      return false;
    }
    JsonPlace last = place.at("final");
    if (!last.node().isBoolean()) {
      throw Values.invalid(last.path(), "true or false");
    }
    return last.node().booleanValue();
  }

  private Asset asset(JsonPlace place) {
    String path = place.path() + "/asset";
    return known.asset(path, Values.text(path, place.text("asset"), 12));
  }

  private AccountNumber account(JsonPlace place, String member) {
    return known.account(place.path() + "/" + member, place.text(member));
  }

  private static Money amount(JsonPlace place, Asset asset) {
    return Values.positiveMoney(place.path() + "/amount", place.text("amount"), asset);
  }

  private static Optional<String> reference(JsonPlace place) {
    return place.optionalText("reference")
        .map(text -> Values.text(place.path() + "/reference", text, TransferOrder.MAX_REFERENCE));
  }

  private static Optional<LocalDate> valueDate(JsonPlace place) {
    return place.optionalText("valueDate").map(text -> Values.date(place.path() + "/valueDate", text));
  }
}
