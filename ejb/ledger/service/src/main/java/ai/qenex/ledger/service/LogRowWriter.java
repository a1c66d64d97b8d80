package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.AssetRegistered;
import ai.qenex.ledger.LedgerEntry.BusinessDateClosed;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.PeriodClosed;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.Link;
import ai.qenex.ledger.engine.LogRow;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Tells the fields of a log row, in the order of {@link LogStore#COLUMNS}, to whatever brings them to the database. */
final class LogRowWriter {

  private final AssetTable assets;
  private final FieldTarget target;

  LogRowWriter(AssetTable assets, FieldTarget target) {
    this.assets = assets;
    this.target = target;
  }

  /** @param allColumns whether the target takes all columns, and not just those of a plain transfer */
  void write(LogRow row, boolean allColumns) throws SQLException {
    LedgerEntry entry = row.entry();
    target.row(allColumns ? LogStore.COLUMN_COUNT : LogStore.PLAIN_COUNT);
    target.int8(entry.seq());
    target.uuid(entry.id());
    target.timestamp(entry.bookedAt());
    target.int8(row.fingerprint());
    if (entry instanceof TransferPosted transfer) {
      encode(transfer, row.debitFloor());
      if (allColumns) {
        encodeRare(transfer);
      }
    } else if (entry instanceof HoldPlaced placed) {
      encode(placed, row.debitFloor());
    } else if (entry instanceof HoldReleased released) {
      ending(LogStore.KIND_HOLD_RELEASED, released.hold(), released.account(), released.amount());
    } else if (entry instanceof HoldExpired expired) {
      ending(LogStore.KIND_HOLD_EXPIRED, expired.hold(), expired.account(), expired.amount());
    } else {
      encodeDetail(entry);
    }
  }

  private void encode(TransferPosted transfer, Optional<Amount> floor) throws SQLException {
    target.int2(LogStore.KIND_TRANSFER);
    target.int2(assets.idOf(transfer.amount().asset()));
    target.date(transfer.businessDate().date());
    target.int8(transfer.debit().value());
    target.int8(transfer.credit().value());
    target.date(transfer.valueDate());
    target.numeric(transfer.amount().amount());
    target.numeric(transfer.debitBalance());
    target.numeric(transfer.creditBalance());
    encode(floor);
  }

  private void encodeRare(TransferPosted transfer) throws SQLException {
    encodeText(transfer.reference());
    target.nothing();
    encodeLink(transfer.link());
  }

  private void encode(Optional<Amount> floor) throws SQLException {
    if (floor.isPresent()) {
      target.numeric(floor.get());
    } else {
      target.nothing();
    }
  }

  private void encodeText(Optional<String> reference) throws SQLException {
    if (reference.isPresent()) {
      target.text(reference.get());
    } else {
      target.nothing();
    }
  }

  private void encodeLink(Optional<Link> link) throws SQLException {
    if (link.isEmpty()) {
      nothing(3);
    } else if (link.get() instanceof Link.Reverses reverses) {
      target.uuid(reverses.transfer());
      nothing(2);
    } else {
      var captures = (Link.Captures) link.get();
      target.nothing();
      target.uuid(captures.hold());
      target.numeric(captures.heldAfter());
    }
  }

  private void encode(HoldPlaced placed, Optional<Amount> floor) throws SQLException {
    Hold hold = placed.hold();
    target.int2(LogStore.KIND_HOLD_PLACED);
    target.int2(assets.idOf(hold.placed().asset()));
    target.nothing();
    target.int8(hold.account().value());
    if (hold.beneficiary().isPresent()) {
      target.int8(hold.beneficiary().get().value());
    } else {
      target.nothing();
    }
    target.nothing();
    target.numeric(hold.placed().amount());
    target.numeric(placed.booked());
    target.nothing();
    encode(floor);
    encodeText(placed.reference());
    target.jsonb(EntryDetail.of(hold.expiresAt()));
    target.nothing();
    target.uuid(hold.id());
    target.numeric(hold.held());
  }

  private void ending(int kind, UUID hold, AccountNumber account, Money amount) throws SQLException {
    target.int2(kind);
    target.int2(assets.idOf(amount.asset()));
    target.nothing();
    target.int8(account.value());
    nothing(2);
    target.numeric(amount.amount());
    nothing(4);
    target.jsonb(EntryDetail.NONE);
    target.nothing();
    target.uuid(hold);
    target.numeric(Amount.ZERO);
  }

  private void nothing(int fields) throws SQLException {
    for (int i = 0; i < fields; i++) {
      target.nothing();
    }
  }

  private void encodeDetail(LedgerEntry entry) throws SQLException {
    if (entry instanceof InstructionRefused refused) {
      detail(LogStore.KIND_REFUSAL, EntryDetail.of(refused.refusal()));
    } else if (entry instanceof AccountOpened opened) {
      detail(LogStore.KIND_ACCOUNT_OPENED, EntryDetail.of(opened.account(), opened.asked()));
    } else if (entry instanceof AccountChanged changed) {
      detail(LogStore.KIND_ACCOUNT_CHANGED, EntryDetail.of(changed.account(), changed.asked()));
    } else if (entry instanceof BusinessDateOpened opened) {
      detail(LogStore.KIND_DATE_OPENED, EntryDetail.of(opened.date()));
    } else if (entry instanceof AssetRegistered registered) {
      assets.register(registered);
      detail(LogStore.KIND_ASSET_REGISTERED, EntryDetail.of(registered));
    } else if (entry instanceof PeriodClosed closed) {
      detail(LogStore.KIND_PERIOD_CLOSED, EntryDetail.of(new BusinessDate(closed.through())));
    } else {
      detail(LogStore.KIND_DATE_CLOSED, EntryDetail.of(((BusinessDateClosed) entry).date()));
    }
  }

  private void detail(int kind, String json) throws SQLException {
    target.int2(kind);
    nothing(10);
    target.jsonb(json);
    nothing(3);
  }
}
