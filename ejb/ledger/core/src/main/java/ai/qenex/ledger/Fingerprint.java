package ai.qenex.ledger;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Money;

/**
 * Builds the 64-bit hash of what an instruction asks. It is stored in the log, so it must stay the same in every
 * release.
 *
 * <p>
 * It tells an honest repetition from a mistaken one; it does not withstand someone who seeks a collision for his own
 * id, who would only get the first answer again.
 */
public final class Fingerprint {

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private long hash;

  /** @param kind tells apart kinds of instructions that ask with the same figures */
  public Fingerprint(String kind) {
    add(kind);
  }

  public Fingerprint add(long value) {
    // the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014)
    long z = (hash ^ value) + GOLDEN;
    z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    hash = z ^ z >>> 31;
    return this;
  }

  public Fingerprint add(String text) {
    int length = text.length();
    add(length);
    long word = 0;
    for (int i = 0; i < length; i++) {
      word = word << Character.SIZE | text.charAt(i);
      if ((i & 3) == 3) {
        add(word);
        word = 0;
      }
    }
    return (length & 3) == 0 ? this : add(word);
  }

  public Fingerprint add(Amount amount) {
    return amount.fitsLong() ? add(amount.toLong()) : add(amount.toString());
  }

  public Fingerprint add(Money money) {
    return add(money.asset().code()).add(money.amount());
  }

  public long hash() {
    return hash;
  }
}
