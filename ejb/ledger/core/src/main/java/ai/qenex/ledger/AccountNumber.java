package ai.qenex.ledger;

/** The ledger's own dense number of an account: 1 for the first one opened, then counting up. Never reused. */
public record AccountNumber(long value) implements Comparable<AccountNumber> {

  public AccountNumber {
    if (value <= 0) {
      throw new IllegalArgumentException("account numbers start at 1");
    }
  }

  @Override
  public int compareTo(AccountNumber other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
