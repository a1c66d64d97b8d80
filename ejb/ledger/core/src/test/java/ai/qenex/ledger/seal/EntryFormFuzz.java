package ai.qenex.ledger.seal;

import ai.qenex.ledger.LedgerEntry;
import java.util.Arrays;

/**
 * What a fuzzer calls: whatever bytes stand in an exported log, its reader answers an entry, whose own form reads as
 * the same entry again, or an {@link IllegalArgumentException}.
 *
 * <p>
 * {@link EntryFormFuzzTest} runs it on forms with changed bytes in every build;
 * {@code mvn -Pfuzz verify -pl ejb/ledger/core} looks further with Jazzer.
 */
public final class EntryFormFuzz {

  private EntryFormFuzz() {}

  /** The name that fuzzers call. */
  public static void fuzzerTestOneInput(byte[] input) {
    LedgerEntry entry;
    try {
      entry = EntryForm.read(input);
    } catch (IllegalArgumentException none) {
      return;
    }
    if (!Arrays.equals(input, EntryForm.of(entry))) {
      throw new AssertionError("two forms of one entry: " + entry);
    }
  }
}
