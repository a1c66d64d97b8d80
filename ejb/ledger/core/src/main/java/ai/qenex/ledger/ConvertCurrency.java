package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.Rounding;
import ai.qenex.ledger.ConversionQuote.Fixed;
import ai.qenex.ledger.ConversionQuote.Terms;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A customer sells one asset to the bank and buys another from it, as one: two to four transfers or none.
 *
 * <p>
 * The bank trades from its position accounts {@code position.<ASSET>}: what is sold goes to one, what is bought comes
 * out of the other. In the asset of the side that is not fixed the position account passes the margin on to
 * {@code income.fx.<ASSET>}, and the residue of rounding to or from {@code rounding.<ASSET>}; see
 * {@link ConversionQuote}. So every asset sums to zero for itself, and the position accounts tell what the bank bought
 * and sold at the rates without spread (invariant {@code FX-1}).
 *
 * <p>
 * Refusals: {@link Clause#SAME_ASSET}, {@link Clause#ASSET_MISMATCH}, {@link Clause#ACCOUNT_NOT_FOUND},
 * {@link Clause#CONVERSION_ACCOUNT_MISSING}, {@link Clause#CONVERTS_TO_NOTHING}, {@link Clause#BALANCE_OUT_OF_RANGE}
 * and those of its transfers, with the amounts of both sides.
 *
 * @param id idempotency id, and that of the transfer of what is sold
 * @param sell the customer's account that pays
 * @param buy the customer's account that is paid
 * @param fixed which of the two sides {@code amount} is
 * @param amount above zero
 * @param rate bought units per sold unit, before the spread
 * @param spread the bank's part of the value, less than the whole; empty: none
 * @param rounding of the customer's part of the computed side; {@link #againstTheCustomer} is the bank's custom
 * @param reference of every transfer
 * @param valueDate of every transfer; empty: the business date
 */
public record ConvertCurrency(
    UUID id, AccountNumber sell, AccountNumber buy, Fixed fixed, Money amount, ExchangeRate rate,
    Optional<Portion> spread, Rounding rounding, Optional<String> reference,
    Optional<LocalDate> valueDate) implements Instruction {

  private static final int MAX_LEGS = 4;

  public ConvertCurrency {
    Allocate.requirePositive(amount.amount());
    if (spread.isPresent() && spread.get().equals(Portion.WHOLE)) {
      throw new IllegalArgumentException("a spread is less than the whole");
    }
    reference.ifPresent(text -> Texts.requireStorable(text, TransferOrder.MAX_REFERENCE, "a reference"));
    valueDate.ifPresent(date -> TransferOrder.requireStorable(Optional.empty(), date));
  }

  /** The rounding by which splitting a conversion never pays: down what he gets, up what he pays. */
  public static Rounding againstTheCustomer(Fixed fixed) {
    return fixed == Fixed.SELL ? Rounding.DOWN : Rounding.UP;
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public List<UUID> legIds() {
    return Allocate.legIds(id, MAX_LEGS - 1);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("convert").add(sell.value()).add(buy.value()).add(fixed.name()).add(amount)
        .add(amount.asset().scale()).add(rate.toString()).add(spread.map(Portion::toString).orElse("none"))
        .add(rounding.name());
    reference.ifPresent(print.add("reference")::add);
    valueDate.ifPresent(date -> print.add("value").add(date.toEpochDay()));
    return index == 0 ? print.hash() : print.add("leg").add(index).hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Optional<Account> seller = view.account(sell);
    Optional<Account> buyer = view.account(buy);
    if (seller.isEmpty() || buyer.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, "account", (seller.isEmpty() ? sell : buy).toString());
    }
    Asset sold = seller.get().asset();
    Asset bought = buyer.get().asset();
    if (sold.equals(bought)) {
      return no(Clause.SAME_ASSET, "asset", sold.code());
    }
    if (!amount.asset().equals(fixed == Fixed.SELL ? sold : bought)) {
      return no(Clause.ASSET_MISMATCH, "asset", amount.asset().code(), "debitAsset", sold.code(), "creditAsset",
          bought.code());
    }
    var desk = new Desk(view);
    Asset computed = fixed == Fixed.SELL ? bought : sold;
    AccountNumber soldPosition = desk.find(ReservedAliases.POSITION, sold);
    AccountNumber boughtPosition = desk.find(ReservedAliases.POSITION, bought);
    AccountNumber income = desk.find(ReservedAliases.CONVERSION_INCOME, computed);
    AccountNumber residues = desk.find(ReservedAliases.ROUNDING, computed);
    if (!desk.missing.isEmpty()) {
      return no(Clause.CONVERSION_ACCOUNT_MISSING, "alias", desk.missing.get(0));
    }
    var terms = new Terms(sold, bought, rate, spread);
    ConversionQuote quote = ConversionQuote.of(fixed, amount.amount().toBigInteger(), terms, rounding);
    BigInteger largest = quote.customer().max(quote.position()).max(quote.margin());
    if (largest.compareTo(AllocationFlow.LARGEST) > 0) {
      return no(Clause.BALANCE_OUT_OF_RANGE);
    }
    Money other = new Money(Amount.of(quote.customer()), computed);
    Money paid = fixed == Fixed.SELL ? amount : other;
    Money got = fixed == Fixed.SELL ? other : amount;
    if (!other.amount().isPositive()) {
      return no(Clause.CONVERTS_TO_NOTHING, "sell", paid.toString(), "buy", got.toString());
    }
    var legs = new Legs();
    legs.add(sell, soldPosition, paid);
    legs.add(boughtPosition, buy, got);
    AccountNumber position = fixed == Fixed.SELL ? boughtPosition : soldPosition;
    legs.add(position, income, new Money(Amount.of(quote.margin()), computed));
    boolean gives = quote.residue().signum() < 0;
    legs.add(gives ? residues : position, gives ? position : residues,
        new Money(Amount.of(quote.residue().abs()), computed));
    return explained(new PostTransfers(legs.orders).decide(view), paid, got);
  }

  /** Finds the bank's own accounts, and remembers which were never opened. */
  private static final class Desk {

    private final LedgerView view;
    private final List<String> missing = new ArrayList<>();

    Desk(LedgerView view) {
      this.view = view;
    }

    /** Null if it is missing. */
    AccountNumber find(String prefix, Asset asset) {
      String alias = prefix + asset.code();
      Optional<AccountNumber> number = view.numberOf(alias);
      boolean isOurs = number.flatMap(view::account)
          .map(account -> account.product() == Product.INTERNAL && account.asset().equals(asset)).orElse(false);
      if (!isOurs) {
        missing.add(alias);
      }
      return number.orElse(null);
    }
  }

  /** Collects the transfers, leaving out those of nothing. */
  private final class Legs {

    private final List<TransferOrder> orders = new ArrayList<>();
    private final List<UUID> ids = legIds();

    void add(AccountNumber debit, AccountNumber credit, Money money) {
      if (money.amount().isPositive()) {
        UUID legId = orders.isEmpty() ? id : ids.get(orders.size() - 1);
        orders.add(new TransferOrder(legId, debit, credit, money, reference, valueDate, Optional.empty()));
      }
    }
  }

  private static Decision explained(Decision decision, Money paid, Money got) {
    if (decision instanceof Decision.Reject reject) {
      var figures = new LinkedHashMap<>(reject.refusal().figures());
      figures.put("sell", paid.toString());
      figures.put("buy", got.toString());
      return new Decision.Reject(0, new Refusal(reject.refusal().clause(), figures));
    }
    return decision;
  }

  private static Decision no(Clause clause, String... namesAndValues) {
    var figures = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      figures.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Decision.Reject(0, new Refusal(clause, figures));
  }
}
