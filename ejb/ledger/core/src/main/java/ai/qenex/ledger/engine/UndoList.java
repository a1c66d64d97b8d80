package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How everything was before each change of a batch; going back through it leaves exactly the state before. At most two
 * batches have one: that which is being decided, and that which is on its way into the log.
 */
final class UndoList {

  private static final int FIRST_CAPACITY = 1 << 12;

  /** Per change the account it touched, null for what is undone by one of {@link #others}. */
  private AccountState[] touched = new AccountState[FIRST_CAPACITY];
  /** Null if the account was opened by the change. */
  private Account[] accounts = new Account[FIRST_CAPACITY];
  private long[] smalls = new long[FIRST_CAPACITY];
  private Amount[] larges = new Amount[FIRST_CAPACITY];
  private Amount[] helds = new Amount[FIRST_CAPACITY];
  private long[] seqs = new long[FIRST_CAPACITY];
  private final Deque<Runnable> others = new ArrayDeque<>();
  private int size;

  int size() {
    return size;
  }

  void noteOpening(AccountState state) {
    note(state, null);
  }

  void noteChange(AccountState state) {
    int at = note(state, state.account());
    smalls[at] = state.small();
    larges[at] = state.large();
    helds[at] = state.held();
    seqs[at] = state.lastSeq();
  }

  /** For what is rare: days and holds. */
  void noteOther(Runnable undo) {
    note(null, null);
    others.push(undo);
  }

  private int note(AccountState state, Account account) {
    if (size == touched.length) {
      int capacity = size * 2;
      touched = Arrays.copyOf(touched, capacity);
      accounts = Arrays.copyOf(accounts, capacity);
      smalls = Arrays.copyOf(smalls, capacity);
      larges = Arrays.copyOf(larges, capacity);
      helds = Arrays.copyOf(helds, capacity);
      seqs = Arrays.copyOf(seqs, capacity);
    }
    touched[size] = state;
    accounts[size] = account;
    return size++;
  }

  /** Undoes every change noted at or after the mark, the latest first. */
  void backTo(int mark, AccountTable table) {
    while (size > mark) {
      size--;
      AccountState state = touched[size];
      if (state == null) {
        others.pop().run();
      } else if (accounts[size] == null) {
        table.removeLast();
      } else {
        if (accounts[size] != state.account()) {
          state.become(accounts[size]);
        }
        if (helds[size] != state.held()) {
          state.hold(helds[size]);
        }
        state.restore(smalls[size], larges[size], seqs[size]);
      }
    }
  }

  /**
   * Shows the touched accounts to other threads as this list left them, and forgets how they were before.
   *
   * @param later what was changed since by the next batch, none of which is shown
   * @param lastSeq the last entry of this list
   */
  void publish(UndoList later, long lastSeq) {
    for (int i = 0; i < size; i++) {
      if (touched[i] != null && (later.size == 0 || touched[i].lastSeq() <= lastSeq)) {
        touched[i].publish();
      }
    }
    later.publishBefore(lastSeq);
    size = 0;
    others.clear();
  }

  /** How accounts were before their first change behind the entry. */
  private void publishBefore(long lastSeq) {
    for (int i = 0; i < size; i++) {
      if (touched[i] != null && accounts[i] != null && seqs[i] <= lastSeq) {
        Amount balance = larges[i] == null ? Amount.of(smalls[i]) : larges[i];
        touched[i].publish(new CommittedAccount(accounts[i], balance, helds[i], seqs[i]));
      }
    }
  }
}
