package ai.qenex.ledger.engine;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.Account;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * How everything was before each change since the last commit; going back through it leaves exactly the state before.
 */
final class UndoList {

  private static final int FIRST_CAPACITY = 1 << 12;

  /** Per change the account it touched, null for what is undone by one of {@link #others}. */
  private AccountState[] touched = new AccountState[FIRST_CAPACITY];
  /** Null if the account was opened by the change. */
  private Account[] accounts = new Account[FIRST_CAPACITY];
  private long[] smalls = new long[FIRST_CAPACITY];
  private Amount[] larges = new Amount[FIRST_CAPACITY];
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
        state.restore(smalls[size], larges[size], seqs[size]);
      }
    }
  }

  /** Shows the touched accounts to other threads and forgets how they were before. */
  void publish() {
    for (int i = 0; i < size; i++) {
      if (touched[i] != null) {
        touched[i].publish();
      }
    }
    size = 0;
    others.clear();
  }
}
