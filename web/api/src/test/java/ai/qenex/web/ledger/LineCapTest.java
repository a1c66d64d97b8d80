package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LineCapTest {

  private static final int MAX_LINES = 250_000;

  private final LineCap cap = new LineCap(MAX_LINES);

  @Test
  void endsWithTheFirstLineTooMany() {
    Problem problem = countUntilRefused(MAX_LINES, new BatchItem.Unresolved(new UUID(0, 0), "ASSET_NOT_FOUND"));
    assertEquals(413, problem.status());
    assertEquals("PAYLOAD_TOO_LARGE", problem.code());
    assertEquals(MAX_LINES + 1L, problem.figures().get("line"));
  }

  @Test
  void endsEarlierWhenTooManyLinesAreNoTransfers() {
    Problem problem = countUntilRefused(LineCap.MAX_MALFORMED, new BatchItem.Malformed(Problem.invalid("/x", "no")));
    assertEquals(400, problem.status());
    assertEquals("/x", problem.figures().get("path"));
  }

  private Problem countUntilRefused(int good, BatchItem item) {
    for (int line = 1; line <= good; line++) {
      cap.count(item, line);
    }
    return assertThrows(ProblemException.class, () -> cap.count(item, good + 1L)).problem();
  }
}
