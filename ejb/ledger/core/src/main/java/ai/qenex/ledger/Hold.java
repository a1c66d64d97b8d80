package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.LedgerEntry.HoldExpired;
import ai.qenex.ledger.LedgerEntry.HoldPlaced;
import ai.qenex.ledger.LedgerEntry.HoldReleased;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An amount of an account that is reserved for a capture: booked still, but no longer available. It is captured in one
 * or more parts, or given back; what it reserves only ever falls (invariant {@code HOLD-1}).
 *
 * @param id that of the instruction which placed it
 * @param account whose money it reserves
 * @param placed what it reserved at first
 * @param held what it still reserves, in minor units; zero once it ended
 * @param captured what captures took so far, in minor units
 * @param beneficiary the account that captures must pay; empty: each capture names its own
 * @param expiresAt from this booking time on it can no longer be captured
 */
public record Hold(
    UUID id, AccountNumber account, Money placed, Amount held, Amount captured, Optional<AccountNumber> beneficiary,
    Instant expiresAt, HoldStatus status) {

  /** As it stands when it is placed. */
  public static Hold placed(UUID id, Effect.HoldPlacement placement) {
    return new Hold(id, placement.account(), placement.amount(), placement.amount().amount(), Amount.ZERO,
        placement.beneficiary(), placement.expiresAt(), HoldStatus.OPEN);
  }

  public boolean isOpen() {
    return status == HoldStatus.OPEN;
  }

  /** After a capture of an amount that leaves {@code heldAfter} reserved, both in minor units. */
  public Hold capturedBy(Amount amount, Amount heldAfter) {
    return new Hold(id, account, placed, heldAfter, captured.plus(amount), beneficiary, expiresAt,
        heldAfter.isZero() ? HoldStatus.CAPTURED : HoldStatus.OPEN);
  }

  /** After what it still reserved was given back. */
  public Hold ended(HoldStatus end) {
    return new Hold(id, account, placed, Amount.ZERO, captured, beneficiary, expiresAt, end);
  }

  /** The hold as the given entries of the log left it; empty if its placing is not among them. */
  public static Optional<Hold> of(UUID id, Collection<? extends LedgerEntry> entries) {
    Hold hold = null;
    for (LedgerEntry entry : inOrder(entries)) {
      if (entry instanceof HoldPlaced placed && placed.id().equals(id)) {
        hold = placed.hold();
      } else if (hold != null) {
        hold = hold.after(entry);
      }
    }
    return Optional.ofNullable(hold);
  }

  /** As the given entries left it, which follow those that made it what it is. */
  public Hold after(Collection<? extends LedgerEntry> entries) {
    Hold hold = this;
    for (LedgerEntry entry : inOrder(entries)) {
      hold = hold.after(entry);
    }
    return hold;
  }

  private static List<? extends LedgerEntry> inOrder(Collection<? extends LedgerEntry> entries) {
    return entries.stream().sorted(Comparator.comparingLong(LedgerEntry::seq)).toList();
  }

  private Hold after(LedgerEntry entry) {
    if (entry instanceof TransferPosted posted && posted.link().orElse(null) instanceof Link.Captures captures
        && captures.hold().equals(id)) {
      return capturedBy(posted.amount().amount(), captures.heldAfter());
    }
    if (entry instanceof HoldReleased released && released.hold().equals(id)) {
      return ended(HoldStatus.RELEASED);
    }
    return entry instanceof HoldExpired expired && expired.hold().equals(id) ? ended(HoldStatus.EXPIRED) : this;
  }
}
