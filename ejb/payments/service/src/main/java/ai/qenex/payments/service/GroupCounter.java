package ai.qenex.payments.service;

import ai.qenex.payments.PaymentFiles;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.GroupTotals;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import ai.qenex.payments.iso20022.InitiationReceiver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Counts and adds up what a document says, group by group. */
final class GroupCounter implements InitiationReceiver {

  /** Ends the reading of a document that holds more payments than we take. */
  static final class TooManyPaymentsException extends RuntimeException {

    TooManyPaymentsException() {
      super("a file holds at most " + PaymentFiles.MAX_PAYMENTS + " payments");
    }
  }

  private final List<GroupTotals> finished = new ArrayList<>();
  private InitiationHeader header;
  private InitiationGroup group;
  private long count;
  private BigDecimal sum = BigDecimal.ZERO;
  private int payments;

  @Override
  public void header(InitiationHeader facts) {
    header = facts;
  }

  @Override
  public void group(InitiationGroup facts) {
    endGroup();
    group = facts;
  }

  @Override
  public void transfer(CreditTransfer transfer) {
    if (++payments > PaymentFiles.MAX_PAYMENTS) {
      throw new TooManyPaymentsException();
    }
    count++;
    sum = sum.add(new BigDecimal(transfer.amount()));
  }

  InitiationHeader header() {
    return header;
  }

  int payments() {
    return payments;
  }

  /** All groups, once the document has been read. */
  List<GroupTotals> groups() {
    endGroup();
    return finished;
  }

  private void endGroup() {
    if (group != null) {
      finished.add(new GroupTotals(group, count, sum));
      group = null;
      count = 0;
      sum = BigDecimal.ZERO;
    }
  }
}
