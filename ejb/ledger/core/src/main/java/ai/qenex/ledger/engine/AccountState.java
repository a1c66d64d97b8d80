package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;
import java.util.Optional;

/** One account in the writer's memory. All but {@link #committed} belongs to the writer's thread. */
final class AccountState {

  /** Held as an Optional, and the floor beside it, so that the path of a transfer creates neither. */
  private Optional<Account> account;
  private Optional<Amount> floor;
  /**
   * The balance, if {@link #large} is null. Held here because an Amount elsewhere would cost each transfer two cache
   * misses.
   */
  private long small;
  private Amount large;
  private long lastSeq;
  /** What open holds reserve. */
  private Amount held;

  /** What other threads may see; null until the opening is committed. */
  private volatile CommittedAccount committed;

  AccountState(Account account, Amount balance, long lastSeq) {
    held = Amount.ZERO;
    become(account);
    move(balance, lastSeq);
  }

  void become(Account newAccount) {
    account = Optional.of(newAccount);
    floor = newAccount.floor(held);
  }

  void hold(Amount newHeld) {
    held = newHeld;
    floor = account().floor(newHeld);
  }

  void move(Amount newBalance, long seq) {
    boolean fits = newBalance.fitsLong();
    restore(fits ? newBalance.toLong() : 0, fits ? null : newBalance, seq);
  }

  /** Back to what {@link #small}, {@link #large} and {@link #lastSeq} were. */
  void restore(long smallBalance, Amount largeBalance, long seq) {
    small = smallBalance;
    large = largeBalance;
    lastSeq = seq;
  }

  void publish() {
    CommittedAccount before = committed;
    if (before == null || before.seq() != lastSeq) {
      committed = new CommittedAccount(account.orElseThrow(), balance(), held, lastSeq);
    }
  }

  Optional<Account> optional() {
    return account;
  }

  Account account() {
    return account.orElseThrow();
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

  CommittedAccount committed() {
    return committed;
  }
}
