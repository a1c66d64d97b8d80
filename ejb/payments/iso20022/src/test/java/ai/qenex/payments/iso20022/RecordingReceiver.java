package ai.qenex.payments.iso20022;

import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it is told. */
final class RecordingReceiver implements InitiationReceiver {

  final List<Object> told = new ArrayList<>();
  final List<InitiationHeader> headers = new ArrayList<>();
  final List<InitiationGroup> groups = new ArrayList<>();
  final List<CreditTransfer> transfers = new ArrayList<>();

  @Override
  public void header(InitiationHeader header) {
    headers.add(header);
    told.add(header);
  }

  @Override
  public void group(InitiationGroup group) {
    groups.add(group);
    told.add(group);
  }

  @Override
  public void transfer(CreditTransfer transfer) {
    transfers.add(transfer);
    told.add(transfer);
  }
}
