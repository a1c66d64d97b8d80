package ai.qenex.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The books by GL code: the chart of accounts and what stood, moved and stands on its lines on a business date
 * (invariant {@code BOOKS-1}).
 *
 * <p>
 * All balances are credit-positive minor units; they may have more digits than an amount.
 */
public interface Books {

  /** The chart, by code. */
  List<GlAccount> chart();

  /**
   * Adds a line to the chart.
   *
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if the code is there already, {@code NOT_FOUND} if
   * its parent is not
   */
  void add(GlAccount line);

  /**
   * Gives a line of the chart another name, normal side or parent.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if there is no such line or parent,
   * {@code CONFLICTING_STATE} if it would be summed up in itself
   */
  void change(GlAccount line);

  /**
   * What stood, moved and stands per GL code. Of a day that is still open the figures so far.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if the day was never opened
   */
  TrialBalance trialBalance(BusinessDate date, Asset asset);

  /**
   * The closing balance of a line and of all lines below it.
   *
   * @param date empty: the current one
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} if there is no such line, or the day was never opened
   */
  GlBalance balance(String code, Asset asset, Optional<BusinessDate> date);

  /**
   * @param closed whether nothing can be booked into the day any more
   * @param lines by code, those with a figure other than zero
   */
  record TrialBalance(BusinessDate date, boolean closed, Asset asset, List<Line> lines) {

    public TrialBalance {
      lines = List.copyOf(lines);
    }

    /** All lines as one: opening and closing are zero, debits and credits equal. */
    public Line total() {
      return lines.stream().reduce(Line.NOTHING, Line::plus);
    }
  }

  /**
   * @param glCode of the line
   * @param opening balance at the beginning of the day
   * @param debits zero or more
   * @param credits zero or more
   */
  record Line(String glCode, BigInteger opening, BigInteger debits, BigInteger credits) {

    static final Line NOTHING = new Line("", BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    public BigInteger closing() {
      return opening.add(credits).subtract(debits);
    }

    Line plus(Line other) {
      return new Line(glCode, opening.add(other.opening), debits.add(other.debits), credits.add(other.credits));
    }
  }

  /**
   * @param own balance of the accounts of the line itself
   * @param total with all lines below
   * @param below balances of the lines right below, with all below them
   */
  record GlBalance(GlAccount line, BusinessDate date, Asset asset, BigInteger own, BigInteger total,
      List<Below> below) {

    public GlBalance {
      below = List.copyOf(below);
    }
  }

  record Below(GlAccount line, BigInteger total) {}
}
