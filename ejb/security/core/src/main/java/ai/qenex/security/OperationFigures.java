package ai.qenex.security;

import ai.qenex.kernel.Money;
import java.util.List;

/**
 * What a policy judges an operation by.
 *
 * @param amounts what it moves, one per asset
 * @param open whether it may move more than the request tells, because the ledger decides how much: then it counts as
 * above every sum
 * @param internal whether one of its accounts is the bank's own
 * @param concerns whose rights it changes; empty: nobody's
 */
public record OperationFigures(List<Money> amounts, boolean open, boolean internal, String concerns) {

  /** Of an operation without a sum. */
  public static final OperationFigures NONE = new OperationFigures(List.of(), false, false, "");

  private static final int LONGEST_NAME = 200;

  public OperationFigures {
    amounts = List.copyOf(amounts);
    if (concerns.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name has at most " + LONGEST_NAME + " characters");
    }
  }

  /** Of one amount. */
  public static OperationFigures of(Money amount, boolean internal) {
    return new OperationFigures(List.of(amount), false, internal, "");
  }

  /** Of an amount that only the ledger knows. */
  public static OperationFigures ofOpenAmount(boolean internal) {
    return new OperationFigures(List.of(), true, internal, "");
  }

  /** Of a change of somebody's rights. */
  public static OperationFigures concerning(String name) {
    return new OperationFigures(List.of(), false, false, name);
  }
}
