package ai.qenex.payments.service;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Accounts;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.rules.Bank;
import ai.qenex.payments.rules.Fault;
import ai.qenex.payments.rules.Judgement;
import ai.qenex.payments.rules.Party;
import ai.qenex.payments.rules.PaymentRules;
import ai.qenex.payments.rules.Plan;
import ai.qenex.payments.service.PaymentDrafts.Facts;
import ai.qenex.payments.service.PaymentDrafts.Names;
import ai.qenex.payments.service.PaymentDrafts.Refused;
import ai.qenex.payments.service.PaymentRow.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Judges the payments of one file in their order. Each payment's id is derived from the file's id and its place. */
final class FileJudge {

  private final FileRow file;
  private final Map<Integer, StatusReason> groupReasons;
  private final Bench bench;
  private final LedgerDirectory directory;
  private final PaymentRules rules;
  private Map<Integer, StatusReason> newlyRefused = new HashMap<>();
  private InitiationGroup group;
  private Party debtor;
  private StatusReason groupReason;

  /** What judging works with. */
  record Bench(Bank bank, Accounts accounts, PaymentDrafts drafts, InstantSource clock) {}

  /** @param groupReasons why groups are refused as a whole, as far as known */
  FileJudge(FileRow file, Map<Integer, StatusReason> groupReasons, Bench bench) {
    this.file = file;
    this.groupReasons = groupReasons;
    this.bench = bench;
    this.directory = new LedgerDirectory(bench.accounts());
    this.rules = new PaymentRules(bench.bank(), directory);
  }

  /** The payments that follow are of this group. */
  void enter(InitiationGroup next) {
    group = next;
    debtor = null;
    groupReason = groupReasons.get(next.number());
    if (groupReason == null) {
      Judgement<Party> judgement = rules.debtorOf(next);
      if (judgement instanceof Judgement.Failed<Party> failed) {
        groupReason = failed.fault().in(next);
        newlyRefused.put(next.number(), groupReason);
      } else {
        debtor = ((Judgement.Passed<Party>) judgement).finding();
      }
    }
  }

  /** The groups found to be wrong as a whole since the last call. */
  Map<Integer, StatusReason> newlyRefusedGroups() {
    Map<Integer, StatusReason> found = newlyRefused;
    newlyRefused = new HashMap<>();
    return found;
  }

  PaymentRow judge(CreditTransfer transfer) {
    UUID id = UuidV7.derived(file.id(), Integer.toString(transfer.index()));
    var place = new Place(file.id(), transfer.group(), transfer.number(), transfer.index(), transfer.instructionId(),
        transfer.uetr());
    var facts = new Facts(id, Optional.of(place), transfer.endToEndId(), transfer.remittance(), file.receivedAt(),
        Optional.empty());
    Names names = PaymentDrafts.names(group, transfer);
    Instant now = bench.clock().instant();
    if (groupReason == null) {
      Judgement<Plan> judgement = rules.judge(group, debtor, transfer);
      if (judgement instanceof Judgement.Passed<Plan> passed) {
        return bench.drafts().accepted(facts, names, passed.finding(), now);
      }
      Fault fault = ((Judgement.Failed<Plan>) judgement).fault();
      return bench.drafts().rejected(facts, names, asWritten(transfer), new Refused(fault.in(transfer), now));
    }
    return bench.drafts().rejected(facts, names, asWritten(transfer), new Refused(groupReason, now));
  }

  private Money asWritten(CreditTransfer transfer) {
    Optional<Asset> asset = directory.asset(transfer.currency());
    return PaymentDrafts.asWritten(transfer, asset);
  }
}
