package ai.qenex.ledger.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The table against a map, with ids from so small a range that they collide, come back and are removed. */
class BatchRowsProperties {

  @Property(tries = 200)
  void holdsWhatAMapHolds(@ForAll @Size(max = 3_000) List<@IntRange(max = 2_000) Integer> steps) {
    var rows = new BatchRows();
    Map<UUID, LogRow> expected = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      var id = new UUID(7, steps.get(i) % 1_500);
      if (steps.get(i) > 1_700) {
        rows.remove(id);
        expected.remove(id);
      } else {
        var row = new LogRow(new BusinessDateOpened(i, id, Instant.EPOCH, BusinessDate.parse("2027-03-01")), 0,
            Optional.empty());
        assertEquals(expected.putIfAbsent(id, row) == null, rows.add(row));
      }
    }
    for (int number = 0; number < 1_500; number++) {
      var id = new UUID(7, number);
      assertEquals(expected.get(id), rows.get(id));
    }
    rows.clear();
    expected.keySet().forEach(id -> assertEquals(null, rows.get(id)));
  }
}
