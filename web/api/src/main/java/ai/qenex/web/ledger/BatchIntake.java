package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Clause;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.problem.ProblemException;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;

/** Turns the transfers of one request, in their order, into items for the ledger. */
final class BatchIntake {

  /** What an item of a batch may not be, because nobody can prove or approve a part of a batch. */
  @FunctionalInterface
  interface ItemRule {

    /** Code of the refusal. @param internal whether an account of the bank's own is moved */
    Optional<String> refuse(Money amount, boolean internal);
  }

  /** Code of the refusal of a transfer that others have to approve, who see one request and not a batch. */
  static final String APPROVAL_REQUIRED = "APPROVAL_REQUIRED";

  private final KnownNames names;
  private final Optional<UUID> key;
  private final SecurityContext client;
  private final ItemRule rule;
  private int taken;

  /**
   * @param key id of the whole request, from which items without an id derive theirs; empty: they get new ones
   * @param rule what else an item may be refused by
   */
  BatchIntake(KnownNames names, Optional<UUID> key, SecurityContext client, ItemRule rule) {
    this.names = names.direct();
    this.key = key;
    this.client = client;
    this.rule = rule;
  }

  /**
   * The next transfer.
   *
   * @param path JSON Pointer to it
   * @throws ProblemException 400 with the path of what is wrong
   */
  BatchItem take(String path, TransferRequest request) {
    UUID id = idOf(path, request);
    Optional<Asset> asset = names.asset(request.asset());
    if (asset.isEmpty()) {
      return new BatchItem.Unresolved(id, Clause.ASSET_NOT_FOUND.name());
    }
    Money amount = Values.positiveMoney(path + "/amount", request.amount(), asset.get());
    Optional<Holder> debit = names.holder(request.debit());
    Optional<Holder> credit = names.holder(request.credit());
    if (debit.isEmpty() || credit.isEmpty()) {
      return new BatchItem.Unresolved(id, Clause.ACCOUNT_NOT_FOUND.name());
    }
    if (!debit.get().isOpenTo(client) || !credit.get().isOpenTo(client)) {
      return new BatchItem.Unresolved(id, KnownNames.RESERVED);
    }
    Optional<String> refusal = rule.refuse(amount, debit.get().internal() || credit.get().internal());
    if (refusal.isPresent()) {
      return new BatchItem.Unresolved(id, refusal.get());
    }
    return new BatchItem.Ready(
        new WantedTransfer(path, id, request).order(amount, debit.get().number(), credit.get().number()));
  }

  private UUID idOf(String path, TransferRequest request) {
    int index = taken++;
    if (request.id().isPresent()) {
      return Values.uuid(path + "/id", request.id().get());
    }
    return key.isPresent() ? UuidV7.derived(key.get(), Integer.toString(index)) : IdempotencyKey.newId();
  }
}
