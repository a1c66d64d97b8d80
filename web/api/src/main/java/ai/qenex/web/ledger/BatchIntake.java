package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Clause;
import ai.qenex.web.input.AccountNames;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.ProblemException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the transfers of one request, in their order, into items for the ledger. Looks every account up once. */
final class BatchIntake {

  private final Accounts accounts;
  private final Map<String, Asset> assets;
  private final Optional<UUID> key;
  private final Map<String, Optional<AccountNumber>> numbers = new HashMap<>();
  private int taken;

  /** @param key id of the whole request, from which items without an id derive theirs; empty: they get new ones */
  BatchIntake(Accounts accounts, Optional<UUID> key) {
    this.accounts = accounts;
    this.key = key;
    this.assets = accounts.assets().stream().collect(Collectors.toMap(Asset::code, Function.identity()));
  }

  /**
   * The next transfer.
   *
   * @param path JSON Pointer to it
   * @throws ProblemException 400 with the path of what is wrong
   */
  BatchItem take(String path, TransferRequest request) {
    UUID id = idOf(path, request);
    Asset asset = assets.get(request.asset());
    if (asset == null) {
      return new BatchItem.Unresolved(id, Clause.ASSET_NOT_FOUND);
    }
    Money amount = Values.positiveMoney(path + "/amount", request.amount(), asset);
    Optional<AccountNumber> debit = numberOf(request.debit());
    Optional<AccountNumber> credit = numberOf(request.credit());
    if (debit.isEmpty() || credit.isEmpty()) {
      return new BatchItem.Unresolved(id, Clause.ACCOUNT_NOT_FOUND);
    }
    return new BatchItem.Ready(new WantedTransfer(path, id, request).order(amount, debit.get(), credit.get()));
  }

  /** The items that were taken: how a line without any id keeps its number. */
  int taken() {
    return taken;
  }

  private UUID idOf(String path, TransferRequest request) {
    int index = taken++;
    if (request.id().isPresent()) {
      return Values.uuid(path + "/id", request.id().get());
    }
    return key.isPresent() ? UuidV7.derived(key.get(), Integer.toString(index)) : IdempotencyKey.newId();
  }

  private Optional<AccountNumber> numberOf(String text) {
    Optional<AccountNumber> known = numbers.get(text);
    if (known == null) {
      Optional<AccountRef> ref = AccountNames.refOf(text);
      known = ref.isEmpty() ? Optional.empty() : accounts.numberOf(ref.get());
      numbers.put(text, known);
    }
    return known;
  }
}
