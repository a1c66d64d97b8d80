package ai.qenex.web.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Allocate;
import ai.qenex.ledger.Destination;
import ai.qenex.ledger.Overdraft;
import ai.qenex.ledger.Portion;
import ai.qenex.ledger.Share;
import ai.qenex.ledger.Source;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads the trees of an allocation; every refusal names the path of what is wrong. */
final class AllocationReader {

  private static final String REMAINING = "remaining";

  private final Asset asset;
  /** Finds the account of a path and a name. */
  private final BiFunction<String, String, AccountNumber> accounts;

  AllocationReader(Asset asset, BiFunction<String, String, AccountNumber> accounts) {
    this.asset = asset;
    this.accounts = accounts;
  }

  /** Empty: all that the sources give. */
  Optional<Amount> amount(JsonPlace amount) {
    return amount.text().equals("all") ? Optional.empty() : Optional.of(positive(amount));
  }

  private Amount positive(JsonPlace amount) {
    return Values.positiveMoney(amount.path(), amount.text(), asset).amount();
  }

  Source source(JsonPlace place) {
    if (place.isText()) {
      return new Source.FromAccount(account(place), Overdraft.NONE);
    }
    place.object("account", "overdraft", "max", "source", "inOrder", "shares");
    if (place.has("account")) {
      place.object("account", "overdraft");
      Overdraft overdraft = place.has("overdraft") ? overdraft(place.at("overdraft")) : Overdraft.NONE;
      return new Source.FromAccount(account(place.at("account")), overdraft);
    }
    if (place.has("max") || place.has("source")) {
      place.object("max", "source");
      Amount max = positive(place.at("max"));
      Source below = source(place.at("source"));
      return new Source.AtMost(max, below);
    }
    if (place.has("inOrder")) {
      JsonPlace order = place.object("inOrder").at("inOrder");
      List<Source> sources = order.items(Allocate.MAX_PARTIES).stream().map(this::source).toList();
      return Values.build(order.path(), () -> new Source.InOrder(sources));
    }
    requireShares(place);
    JsonPlace shares = place.object("shares").at("shares");
    List<Share<Source>> parts = shares(shares, "source", this::source);
    return Values.build(shares.path(), () -> new Source.InShares(parts));
  }

  private static void requireShares(JsonPlace place) {
    if (!place.has("shares")) {
      throw Values.invalid(place.path(), "has neither account, max, inOrder nor shares");
    }
  }

  private Overdraft overdraft(JsonPlace place) {
    if (!place.isText()) {
      JsonPlace upTo = place.object("upTo").at("upTo");
      return new Overdraft(Optional.of(Values.limit(upTo.path(), upTo.text(), asset).amount()));
    }
    return switch (place.text()) {
      case "none" -> Overdraft.NONE;
      case "granted" -> Overdraft.AS_GRANTED;
      default -> throw Values.invalid(place.path(), "none, granted, or an object with upTo");
    };
  }

  Destination destination(JsonPlace place) {
    if (place.isText()) {
      return new Destination.ToAccount(account(place));
    }
    place.object("account", "keep", "max", "destination", "inOrder", "shares");
    if (place.has("account")) {
      return new Destination.ToAccount(account(place.object("account").at("account")));
    }
    if (place.has("keep")) {
      JsonPlace keep = place.object("keep").at("keep");
      if (!keep.node().isBoolean() || !keep.node().booleanValue()) {
        throw Values.invalid(keep.path(), "what is kept says true");
      }
      return new Destination.Kept();
    }
    if (place.has("max") || place.has("destination")) {
      place.object("max", "destination");
      Amount max = positive(place.at("max"));
      Destination below = destination(place.at("destination"));
      return new Destination.AtMost(max, below);
    }
    if (place.has("inOrder")) {
      JsonPlace order = place.object("inOrder").at("inOrder");
      List<Destination> parts = order.items(Allocate.MAX_PARTIES).stream().map(this::destination).toList();
      return Values.build(order.path(), () -> new Destination.InOrder(parts));
    }
    requireShares(place);
    JsonPlace shares = place.object("shares").at("shares");
    List<Share<Destination>> parts = shares(shares, "destination", this::destination);
    return Values.build(shares.path(), () -> new Destination.InShares(parts));
  }

  private static <T> List<Share<T>> shares(JsonPlace place, String partyName, Function<JsonPlace, T> party) {
    var shares = new ArrayList<Share<T>>();
    for (JsonPlace item : place.items(Allocate.MAX_PARTIES)) {
      item.object("portion", partyName);
      JsonPlace portion = item.at("portion");
      String text = portion.text();
      Optional<Portion> part = text.equals(REMAINING) ? Optional.empty()
          : Optional.of(Values.build(portion.path(), () -> Portion.parse(text)));
      shares.add(new Share<>(part, party.apply(item.at(partyName))));
    }
    return shares;
  }

  private AccountNumber account(JsonPlace place) {
    return accounts.apply(place.path(), place.text());
  }
}
