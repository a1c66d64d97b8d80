package ai.qenex.security;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The data keys of tenants. Each tenant's personal data is encrypted under keys of its own, which are sealed by the key
 * service ({@link KeyPurpose#PERSONAL_DATA}); shredding a data key makes what it protects unreadable for good, backups
 * included.
 */
public interface DataVault {

  /** Of a bank that serves itself alone. */
  String ONLY_TENANT = "bank";

  /**
   * For our own parts of the bank; the tenant's first key is made with the first call.
   *
   * @throws ai.qenex.kernel.QenexException {@code CONFLICTING_STATE} if the tenant's active key was shredded
   */
  FieldCipher cipher(String tenant);

  /** Of all tenants, oldest first. For administrators and auditors. */
  List<DataKey> keys();

  /** Makes a new data key for what is protected from now on. For administrators. Empty if there is no such tenant. */
  Optional<DataKey> rotate(String tenant);

  /**
   * Erases a data key that is not the active one. For administrators.
   *
   * @return the key as it is now; empty if there is none of that epoch, it is the active one, or it was shredded before
   */
  Optional<DataKey> shred(String tenant, int epoch);

  /**
   * @param epoch counts the tenant's keys from 1
   * @param active whether new data is protected by it
   * @param shreddedAt absent while it opens
   */
  record DataKey(String tenant, int epoch, boolean active, Instant madeAt, Optional<Instant> shreddedAt) {}
}
