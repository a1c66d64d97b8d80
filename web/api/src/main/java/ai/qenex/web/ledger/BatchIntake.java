package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Clause;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Turns the transfers of one request, in their order, into items for the ledger. */
final class BatchIntake {

  private final KnownNames names;
  private final Optional<UUID> key;
  private final SecurityContext client;
  private final Predicate<Money> needsProof;
  private int taken;

  /**
   * @param key id of the whole request, from which items without an id derive theirs; empty: they get new ones
   * @param needsProof whether an item of that amount is refused, since a proof for it cannot be given
   */
  BatchIntake(KnownNames names, Optional<UUID> key, SecurityContext client, Predicate<Money> needsProof) {
    this.names = names.direct();
    this.key = key;
    this.client = client;
    this.needsProof = needsProof;
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
    if (needsProof.test(amount)) {
      return new BatchItem.Unresolved(id, StepUpGate.CODE);
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
