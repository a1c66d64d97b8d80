package ai.qenex.security;

import java.util.List;
import java.util.Optional;

/** The life of the bank's keys, for administrators (to change) and auditors (to see). */
public interface KeyCustody {

  /** All keys there ever were, by purpose and epoch. */
  List<KeyRecord> keys();

  /**
   * Makes a new active key for the purpose; the one before only verifies and opens from now on. Nobody waits: calls in
   * flight end with the key they began with.
   *
   * @param suite with which a signing purpose goes on; the configured one if absent
   */
  KeyChange rotate(KeyPurpose purpose, Optional<String> suite);

  /** Lets a key that was rotated away count no more. */
  KeyChange retire(KeyPurpose purpose, int epoch);

  /** Erases the private part of a retired key for good. What it sealed is lost, which may be the purpose. */
  KeyChange destroy(KeyPurpose purpose, int epoch);

  /** What became of a change. */
  sealed interface KeyChange {

    /** Done: the key as it is now; of a rotation the new one. */
    record Changed(KeyRecord key) implements KeyChange {}

    /** Nothing was changed. @param detail names the suite or the key's state */
    record Refused(KeyClause clause, String detail) implements KeyChange {}
  }

  /** Why a change is refused. */
  enum KeyClause {
    /** The suite does not exist, may not sign by configuration, or is not for this purpose. */
    SUITE_NOT_ALLOWED,
    /** No key of the purpose has that epoch. */
    KEY_NOT_FOUND,
    /** The key is not in the state from which that step leads on. */
    KEY_STATE,
    /** Somebody else rotated the purpose at the same moment. */
    ROTATED_MEANWHILE
  }
}
