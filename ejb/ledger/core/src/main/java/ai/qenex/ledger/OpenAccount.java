package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens an account at a balance of zero.
 *
 * @param id idempotency id, and the public id of the account
 * @param asset code of a registered asset
 * @param owner the party it belongs to, 1 to {@value #MAX_OWNER} characters
 * @param alias a second name of {@link AccountRef#ALIAS_FORM}, unique in the bank
 * @param overdraftLimit in minor units, zero or more; empty: none is granted, or for an internal account no floor at
 * all
 * @param asked who asked for it and why; empty: the bank's own work
 */
public record OpenAccount(
    UUID id, String asset, String owner, Product product, Optional<String> alias,
    Optional<Amount> overdraftLimit, Optional<Asked> asked) implements Instruction {

  public static final int MAX_OWNER = 140;

  /** An account that nobody in particular asked for. */
  public OpenAccount(UUID id, String asset, String owner, Product product, Optional<String> alias,
      Optional<Amount> overdraftLimit) {
    this(id, asset, owner, product, alias, overdraftLimit, Optional.empty());
  }

  public OpenAccount {
    requireStorable(owner, alias, overdraftLimit);
  }

  /** @throws IllegalArgumentException unless the log can keep them of an account */
  public static void requireStorable(String owner, Optional<String> alias, Optional<Amount> overdraftLimit) {
    if (owner.isBlank()) {
      throw new IllegalArgumentException("an account has an owner");
    }
    Texts.requireStorable(owner, MAX_OWNER, "an owner");
    if (alias.isPresent() && !AccountRef.ALIAS_FORM.matcher(alias.get()).matches()) {
      throw new IllegalArgumentException("an alias is 1 to 64 letters, digits and . : _ -, a letter first");
    }
    if (overdraftLimit.isPresent() && overdraftLimit.get().isNegative()) {
      throw new IllegalArgumentException("an overdraft limit is zero or more");
    }
  }

  @Override
  public List<UUID> ids() {
    return List.of(id);
  }

  /** Who asked does not count: a colleague may ask the same again. */
  @Override
  public long fingerprint(int index) {
    var print = new Fingerprint("open-account").add(asset).add(owner).add(product.code());
    alias.ifPresent(print.add("alias")::add);
    overdraftLimit.ifPresent(print.add("limit")::add);
    return print.hash();
  }

  @Override
  public Decision decide(LedgerView view) {
    var known = view.asset(asset);
    if (known.isEmpty()) {
      return no(Clause.ASSET_NOT_FOUND, Map.of("asset", asset));
    }
    if (product == Product.INTERNAL && overdraftLimit.isPresent()) {
      return no(Clause.LIMIT_NOT_APPLICABLE, Map.of());
    }
    if (alias.isPresent() && !ReservedAliases.permit(alias.get(), product, asset)) {
      return no(Clause.ALIAS_RESERVED, Map.of("alias", alias.get()));
    }
    if (alias.isPresent() && view.numberOf(alias.get()).isPresent()) {
      return no(Clause.ALIAS_TAKEN, Map.of("alias", alias.get()));
    }
    Optional<Amount> limit =
        product == Product.INTERNAL ? Optional.empty() : Optional.of(overdraftLimit.orElse(Amount.ZERO));
    return new Decision.Accept(List.of(new Effect.Opening(known.get(), owner, product, alias, limit, asked)));
  }

  private static Decision no(Clause clause, Map<String, String> figures) {
    return new Decision.Reject(0, new Refusal(clause, figures));
  }
}
