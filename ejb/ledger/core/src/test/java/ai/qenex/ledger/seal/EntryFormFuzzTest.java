package ai.qenex.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Earlier finds, and forms of entries with a few bytes changed. */
class EntryFormFuzzTest {

  @Test
  void refusesEarlierFinds() {
    // a time so far away that it is written as another one
    var time = "02050288888800000000" + "0000d5fbff030077ffffffffff00d500" + "80000000000000ff" + "ffffffe4";
    // figures of a refusal that count below zero
    var figures =
        "0202" + "0000000000000001" + "00".repeat(16) + "00".repeat(8) + "000c53414d455f4143434f554e54" + "ff";
    for (String find : List.of(time, figures)) {
      assertThrows(IllegalArgumentException.class, () -> EntryForm.read(HexFormat.of().parseHex(find)));
    }
  }

  @Property(tries = 5_000)
  void readsOrRefusesWhatIsAlmostAForm(@ForAll long seed) {
    var random = new Random(seed);
    var entries = new Entries(seed);
    List<Class<?>> kinds = Entries.kinds();
    byte[] form = EntryForm.of(entries.of(kinds.get(random.nextInt(kinds.size())), 1 + random.nextInt(1_000)));
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      form[random.nextInt(form.length)] = (byte) random.nextInt(256);
    }
    byte[] input = random.nextInt(4) == 0 ? Arrays.copyOf(form, random.nextInt(2 * form.length)) : form;
    assertDoesNotThrow(() -> EntryFormFuzz.fuzzerTestOneInput(input), () -> Arrays.toString(input));
  }
}
