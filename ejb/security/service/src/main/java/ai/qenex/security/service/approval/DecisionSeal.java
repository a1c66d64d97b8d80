package ai.qenex.security.service.approval;

import ai.qenex.security.StoredSignature;

/** Signs what approvers decided with a key of the bank. */
interface DecisionSeal {

  StoredSignature sign(byte[] message);

  boolean isValid(StoredSignature signature, byte[] message);
}
