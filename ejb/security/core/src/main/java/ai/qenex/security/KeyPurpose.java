package ai.qenex.security;

import java.util.Arrays;
import java.util.Optional;

/** What a key is for. Each purpose has keys of its own: what one was made for, it is not used for anything else. */
public enum KeyPurpose {
  /** Signs the heads of the ledger's log. */
  LEDGER_SEAL("ledger-seal", Use.SIGN),
  /** Signs the heads of the audit log. */
  AUDIT_SEAL("audit-seal", Use.SIGN),
  /** Signs what approvers approved. */
  APPROVAL("approval", Use.SIGN),
  /** Signs the yearly anchor over the ledger's last head. */
  ANCHOR("anchor", Use.SIGN),
  /** Seals secrets that must be readable again, such as the seeds of one-time passwords. */
  SECRETS("secrets", Use.SEAL),
  /** Seals the data keys of tenants, under which personal data is encrypted. */
  PERSONAL_DATA("personal-data", Use.SEAL),
  /** Opens what clients encrypt to the bank. */
  PAYLOAD("payload", Use.OPEN);

  /** What is done with a key. */
  public enum Use {
    /** Signatures of a suite of {@link SignatureSuites}. */
    SIGN,
    /** AES-256-GCM. */
    SEAL,
    /** X-Wing: ML-KEM-768 with X25519. */
    OPEN
  }

  private final String text;
  private final Use use;

  KeyPurpose(String text, Use use) {
    this.text = text;
    this.use = use;
  }

  /** As it is stored and stands in addresses: {@code ledger-seal}. */
  public String text() {
    return text;
  }

  public Use use() {
    return use;
  }

  public static Optional<KeyPurpose> of(String text) {
    return Arrays.stream(values()).filter(purpose -> purpose.text.equals(text)).findFirst();
  }
}
