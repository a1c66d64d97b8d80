package ai.qenex.payments.iso20022;

import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;

/** Takes what an initiation says, in document order: the header, then each group followed by its transfers. */
public interface InitiationReceiver {

  void header(InitiationHeader header);

  void group(InitiationGroup group);

  void transfer(CreditTransfer transfer);
}
