package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Reserves an amount of an account, as far as it is available; the hold gets the instruction's id. Later it is captured
 * in parts, released, or it expires.
 *
 * @param id idempotency id, and the hold's
 * @param amount above zero
 * @param beneficiary the account that captures pay; empty: each capture names its own
 * @param expiresAt later than now and at most {@link #LONGEST} ahead, to the microsecond; empty: {@link #USUAL} ahead
 * @param reference free text of at most {@value TransferOrder#MAX_REFERENCE} characters, which captures take over
 */
public record PlaceHold(
    UUID id, AccountNumber account, Money amount, Optional<AccountNumber> beneficiary, Optional<Instant> expiresAt,
    Optional<String> reference) implements Instruction {

  /** As card authorisations last. */
  public static final Duration USUAL = Duration.ofDays(7);
  public static final Duration LONGEST = Duration.ofDays(3_660);

  public PlaceHold {
    if (!amount.amount().isPositive()) {
      throw new IllegalArgumentException("a hold reserves more than zero");
    }
    if (reference.isPresent()) {
      Texts.requireStorable(reference.get(), TransferOrder.MAX_REFERENCE, "a reference");
    }
    expiresAt = expiresAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("place-hold").add(account.value()).add(amount);
    beneficiary.ifPresent(number -> print.add("beneficiary").add(number.value()));
    expiresAt.ifPresent(at -> print.add("expires").add(at.getEpochSecond()).add(at.getNano()));
    reference.ifPresent(print.add("reference")::add);
    return print.hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    Instant expiry = expiresAt.orElse(view.now().plus(USUAL));
    return refusalOf(view, expiry).<Decision>map(no -> new Decision.Reject(0, no))
        .orElseGet(() -> new Decision.Accept(
            List.of(new Effect.HoldPlacement(account, amount, beneficiary, expiry, reference))));
  }

  private Optional<Refusal> refusalOf(LedgerView view, Instant expiry) {
    Optional<Account> known = view.account(account);
    if (known.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, "account", account);
    }
    Account holder = known.get();
    Optional<Refusal> ofBeneficiary = beneficiary.flatMap(number -> refusalOf(number, view));
    if (ofBeneficiary.isPresent()) {
      return ofBeneficiary;
    }
    if (!holder.asset().equals(amount.asset())) {
      return no(Clause.ASSET_MISMATCH,
          "asset", amount.asset(), "debitAsset", holder.asset(), "creditAsset", amount.asset());
    }
    if (!holder.status().takesDebits()) {
      return Optional.of(TransferRules.refusalOfStatus(holder));
    }
    Instant latest = view.now().plus(LONGEST);
    if (!expiry.isAfter(view.now()) || expiry.isAfter(latest)) {
      return no(Clause.HOLD_EXPIRY_OUT_OF_RANGE, "expiresAt", expiry, "now", view.now(), "latest", latest);
    }
    return refusalOfBalance(holder, view.booked(account), view.held(account));
  }

  private Optional<Refusal> refusalOf(AccountNumber number, LedgerView view) {
    if (number.equals(account)) {
      return Optional.of(Refusal.of(Clause.SAME_ACCOUNT));
    }
    Optional<Account> known = view.account(number);
    if (known.isEmpty()) {
      return no(Clause.ACCOUNT_NOT_FOUND, "account", number);
    }
    if (known.get().status() == AccountStatus.CLOSED) {
      return Optional.of(TransferRules.refusalOfStatus(known.get()));
    }
    return known.get().asset().equals(amount.asset()) ? Optional.empty()
        : no(Clause.ASSET_MISMATCH,
            "asset", amount.asset(), "debitAsset", amount.asset(), "creditAsset", known.get().asset());
  }

  private Optional<Refusal> refusalOfBalance(Account holder, Amount booked, Amount held) {
    Amount then;
    try {
      then = held.plus(amount.amount());
    } catch (ArithmeticException moreThan38Digits) {
      return Optional.of(Refusal.of(Clause.BALANCE_OUT_OF_RANGE));
    }
    return holder.allows(booked, then) ? Optional.empty()
        : Optional.of(TransferRules.exceeds(holder, booked, held, amount));
  }

  private static Optional<Refusal> no(Clause clause, Object... figures) {
    Map<String, String> named = TransferRules.figures(figures);
    return Optional.of(new Refusal(clause, named));
  }
}
