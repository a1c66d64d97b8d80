package ai.qenex.security;

import java.util.List;
import java.util.Optional;

/**
 * Encrypts one tenant's personal data, field by field, by AES-256-GCM under the tenant's data key. For any thread; ask
 * {@link DataVault} anew for each piece of work, because keys rotate.
 */
public interface FieldCipher {

  /** Number of the data key that {@link #protect} uses, from 1. */
  int epoch();

  /**
   * @param place table, column and row, such as {@code payments.payment/personal/<id>}: what is protected opens there
   * and nowhere else
   */
  byte[] protect(String place, byte[] plain);

  /** Empty if it was protected for another place or tenant, was altered, or its data key was shredded. */
  Optional<byte[]> reveal(String place, byte[] sealed);

  /**
   * What a text is found by without being shown: a keyed hash of the text without case and surrounding or double
   * blanks.
   *
   * @param column keeps the same text in two columns apart
   */
  byte[] index(String column, String text);

  /** The index of the text under each data key that still opens, for a look-up that finds all rows. */
  List<byte[]> indexes(String column, String text);
}
