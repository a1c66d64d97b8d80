package ai.qenex.security.service.approval;

import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.StoredSignature;

/** The bank's key for approvals: a hybrid one by default, rotated like all others. */
record KeySeal(KeyService keys) implements DecisionSeal {

  @Override
  public StoredSignature sign(byte[] message) {
    return keys.sign(KeyPurpose.APPROVAL, message);
  }

  @Override
  public boolean isValid(StoredSignature signature, byte[] message) {
    return keys.verify(KeyPurpose.APPROVAL, signature, message).isValid();
  }
}
