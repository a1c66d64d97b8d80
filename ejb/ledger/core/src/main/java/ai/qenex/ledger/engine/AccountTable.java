package ai.qenex.ledger.engine;

import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All accounts by their dense number, and one directory of their other names: id, address, IBAN and alias, which never
 * look alike. The writer's thread adds; any thread reads.
 */
final class AccountTable {

  private static final int FIRST_CAPACITY = 1 << 10;

  private final Map<Object, AccountState> directory = new ConcurrentHashMap<>();
  private volatile AccountState[] byNumber = new AccountState[FIRST_CAPACITY];
  private int count;

  int count() {
    return count;
  }

  /** Null if there is none. */
  AccountState get(AccountNumber number) {
    AccountState[] states = byNumber;
    long value = number.value();
    return value < states.length ? states[(int) value] : null;
  }

  /** Null if there is none. */
  AccountState named(Object name) {
    return directory.get(name);
  }

  /** @throws IllegalStateException if the number is not the next one, or a name is taken */
  void add(AccountState state) {
    Account account = state.account();
    if (account.number().value() != count + 1L) {
      throw new IllegalStateException("account " + account.number() + " follows account " + count);
    }
    if (isTaken(account)) {
      throw new IllegalStateException("a name of account " + account.number() + " is taken");
    }
    AccountState[] states = byNumber;
    if (count + 1 == states.length) {
      states = Arrays.copyOf(states, states.length * 2);
    }
    states[++count] = state;
    byNumber = states;
    directory.put(account.id(), state);
    directory.put(account.address(), state);
    account.iban().ifPresent(iban -> directory.put(iban, state));
    account.alias().ifPresent(alias -> directory.put(alias, state));
  }

  /** Takes back the latest {@link #add}. */
  void removeLast() {
    AccountState[] states = byNumber;
    Account account = states[count].account();
    states[count--] = null;
    directory.remove(account.id());
    directory.remove(account.address());
    account.iban().ifPresent(directory::remove);
    account.alias().ifPresent(directory::remove);
  }

  private boolean isTaken(Account account) {
    return directory.containsKey(account.id())
        || directory.containsKey(account.address())
        || account.iban().map(directory::containsKey).orElse(false)
        || account.alias().map(directory::containsKey).orElse(false);
  }
}
