package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.ledger.Account;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * One account in the writer's memory. What a plain transfer needs stands here as plain fields: with a million accounts
 * each step to another object costs more than all reckoning.
 *
 * <p>
 * All but {@link #committed} belongs to the writer's thread.
 */
final class AccountState {

  private static final AtomicIntegerFieldUpdater<AccountState> VERSION =
      AtomicIntegerFieldUpdater.newUpdater(AccountState.class, "version");
  /** A floor that no balance in a long is certain to keep. */
  private static final long NOT_CERTAIN = Long.MAX_VALUE;

  /** The balance, if {@link #large} is null. */
  private long small;
  /** The lowest balance there may be; the lowest long if there is none. */
  private long smallFloor;
  private long lastSeq;
  private Amount large;
  private Asset asset;
  private boolean takesDebits;
  private boolean takesCredits;

  private Account account;
  /** Held as Optionals, so that the path of a transfer creates none. */
  private Optional<Account> optional;
  private Optional<Amount> floor;
  /** What open holds reserve. */
  private Amount held;

  /** Odd while the committed fields change: who reads them then, or saw another before, reads again. */
  private volatile int version;
  private long committedSmall;
  private long committedSeq;
  private Amount committedLarge;
  private Amount committedHeld;
  /** Null until the opening is committed. */
  private Account committedAccount;

  AccountState(Account account, Amount balance, long lastSeq) {
    held = Amount.ZERO;
    become(account);
    move(balance, lastSeq);
  }

  void become(Account newAccount) {
    account = newAccount;
    optional = Optional.of(newAccount);
    asset = newAccount.asset();
    takesDebits = newAccount.status().takesDebits();
    takesCredits = newAccount.status().takesCredits();
    useFloor();
  }

  void hold(Amount newHeld) {
    held = newHeld;
    useFloor();
  }

  private void useFloor() {
    floor = account.floor(held);
    if (floor.isEmpty()) {
      smallFloor = Long.MIN_VALUE;
    } else {
      smallFloor = floor.get().fitsLong() ? floor.get().toLong() : NOT_CERTAIN;
    }
  }

  void move(Amount newBalance, long seq) {
    boolean fits = newBalance.fitsLong();
    restore(fits ? newBalance.toLong() : 0, fits ? null : newBalance, seq);
  }

  /** Back to what {@link #small}, {@link #large} and {@link #lastSeq} were. */
  void restore(long smallBalance, Amount largeBalance, long seq) {
    small = smallBalance;
    // the collector looks at every object that a reference was written to
    if (large != largeBalance) {
      large = largeBalance;
    }
    lastSeq = seq;
  }

  void publish() {
    // a snapshot brings holds after their account, which has its last entry already
    if (committedAccount != null && committedSeq == lastSeq && committedHeld == held) {
      return;
    }
    int before = version;
    VERSION.lazySet(this, before + 1);
    VarHandle.storeStoreFence();
    committedSmall = small;
    committedSeq = lastSeq;
    if (committedLarge != large) {
      committedLarge = large;
    }
    if (committedHeld != held) {
      committedHeld = held;
    }
    if (committedAccount != account) {
      committedAccount = account;
    }
    VERSION.lazySet(this, before + 2);
  }

  /** Shows it as it was before changes that are not committed yet. */
  void publish(CommittedAccount earlier) {
    if (committedAccount != null && committedSeq == earlier.seq() && committedHeld == earlier.held()) {
      return;
    }
    boolean fits = earlier.booked().fitsLong();
    int before = version;
    VERSION.lazySet(this, before + 1);
    VarHandle.storeStoreFence();
    committedSmall = fits ? earlier.booked().toLong() : 0;
    committedLarge = fits ? null : earlier.booked();
    committedSeq = earlier.seq();
    committedHeld = earlier.held();
    committedAccount = earlier.account();
    VERSION.lazySet(this, before + 2);
  }

  /** What any thread may see; null until the opening is committed. */
  CommittedAccount committed() {
    // the writer is between two versions for some instructions only
    while (true) {
      int before = version;
      if ((before & 1) == 0) {
        Account seen = committedAccount;
        long seenSmall = committedSmall;
        Amount seenLarge = committedLarge;
        Amount seenHeld = committedHeld;
        long seq = committedSeq;
        VarHandle.loadLoadFence();
        if (version == before) {
          return seen == null
              ? null
              : new CommittedAccount(seen, seenLarge == null ? Amount.of(seenSmall) : seenLarge, seenHeld, seq);
        }
      }
      Thread.onSpinWait();
    }
  }

  Optional<Account> optional() {
    return optional;
  }

  Account account() {
    return account;
  }

  /** Whether an amount of the asset can certainly be debited; if not, a closer look tells. */
  boolean certainlyPays(Asset ofAsset, long amount) {
    long after = small - amount;
    return takesDebits && large == null && isOf(ofAsset) && after <= small && after >= smallFloor;
  }

  /** Whether an amount of the asset can certainly be credited; if not, a closer look tells. */
  boolean certainlyTakes(Asset ofAsset, long amount) {
    return takesCredits && large == null && isOf(ofAsset) && small + amount >= small;
  }

  boolean isOf(Asset other) {
    return asset == other || asset.equals(other);
  }

  boolean takesDebits() {
    return takesDebits;
  }

  boolean takesCredits() {
    return takesCredits;
  }

  /** Whether the account may stand at a booked balance. */
  boolean allows(Amount balance) {
    return balance.fitsLong() && smallFloor != NOT_CERTAIN
        ? balance.toLong() >= smallFloor
        : account.allows(balance, held);
  }

  Amount held() {
    return held;
  }

  /** The lowest booked balance there may be: what is held less the limit. */
  Optional<Amount> floor() {
    return floor;
  }

  Amount balance() {
    return large == null ? Amount.of(small) : large;
  }

  long small() {
    return small;
  }

  /** Null if the balance fits a long. */
  Amount large() {
    return large;
  }

  long lastSeq() {
    return lastSeq;
  }
}
