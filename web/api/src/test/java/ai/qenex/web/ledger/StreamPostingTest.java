package ai.qenex.web.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.Clause;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.web.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class StreamPostingTest {

  private static final Asset EUR = new Asset("EUR", 2);

  private final FakeLedger ledger = new FakeLedger();
  private final Semaphore longStreams = new Semaphore(1);
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  @Test
  void answersInOrderAndKeepsOnlyAFewChunksUnderWay() throws IOException {
    posting(1_000_000).run(new Counted(25_500), ResultForm.NDJSON, answer::write);
    List<String> lines = lines();
    assertEquals(25_500, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).startsWith("{\"id\":\"" + new UUID(0, i + 1) + "\",\"status\":\"refused\""),
          lines.get(i));
    }
    assertTrue(ledger.mostUnderWay <= 4, () -> ledger.mostUnderWay + " under way");
    assertEquals(1, longStreams.availablePermits());
  }

  @Test
  void failsAsAWholeIfTheLedgerTookNothing() {
    ledger.failsFrom = 0;
    assertThrows(QenexException.class,
        () -> posting(1_000_000).run(new Counted(10_000), ResultForm.NDJSON, answer::write));
    assertEquals(1, longStreams.availablePermits());
  }

  @Test
  void stopsWhereTheLedgerCeasesToAnswer() throws IOException {
    ledger.failsFrom = 3;
    posting(1_000_000).run(new Counted(10_000), ResultForm.NDJSON, answer::write);
    List<String> lines = lines();
    assertTrue(lines.get(2_999).contains("refused"));
    for (String unknown : lines.subList(3_000, lines.size() - 1)) {
      assertTrue(unknown.contains("\"unknown\",\"code\":\"UNAVAILABLE\""), unknown);
    }
    assertTrue(lines.get(lines.size() - 1).contains("\"stopped\",\"code\":\"UNAVAILABLE\""));
    assertTrue(lines.size() <= 9_001, () -> lines.size() + " lines");
  }

  @Test
  void refusesWhatIsTooMuch() {
    var tooMuch = assertThrows(ProblemException.class,
        () -> posting(1_999).run(new Counted(2_000), ResultForm.NDJSON, answer::write));
    assertEquals(413, tooMuch.problem().status());
    assertEquals(1, longStreams.availablePermits());
  }

  @Test
  void tellsInTheStreamWhatEndsAStream() throws IOException {
    posting(1_999).runToItsEnd(new Counted(2_000), ResultForm.NDJSON, answer::write);
    List<String> lines = lines();
    assertEquals(1_001, lines.size());
    assertTrue(lines.get(1_000).contains("\"stopped\",\"code\":\"PAYLOAD_TOO_LARGE\""));
  }

  private StreamPosting posting(long maxTransfers) {
    return new StreamPosting(ledger, null, new LineCap(maxTransfers), longStreams);
  }

  private List<String> lines() {
    return List.of(answer.toString(StandardCharsets.UTF_8).split("\n"));
  }

  /** So many transfers with the ids 1, 2, … */
  private static final class Counted implements TransferSource {

    private final int count;
    private int at;

    Counted(int count) {
      this.count = count;
    }

    @Override
    public boolean next() {
      return ++at <= count;
    }

    @Override
    public BatchItem take(BatchIntake intake) {
      return new BatchItem.Ready(TransferOrder.of(new UUID(0, at), new AccountNumber(1), new AccountNumber(2),
          Money.ofMinorUnits(at, EUR)));
    }

    @Override
    public long number() {
      return at;
    }
  }

  /** Refuses everything, and may cease to answer. */
  private static final class FakeLedger implements Ledger {

    private int failsFrom = Integer.MAX_VALUE;
    private int handedIn;
    private int underWay;
    private int mostUnderWay;

    @Override
    public Outcome submit(Instruction instruction) {
      return submitAll(List.of(instruction)).get(0);
    }

    @Override
    public List<Outcome> submitAll(List<? extends Instruction> instructions) {
      List<Outcome> outcomes = new ArrayList<>();
      instructions.forEach(any -> outcomes.add(new Outcome.Refused(Refusal.of(Clause.SAME_ACCOUNT), false)));
      return outcomes;
    }

    @Override
    public Pending submitLater(List<? extends Instruction> instructions) {
      boolean fails = handedIn++ >= failsFrom;
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      return () -> {
        underWay--;
        if (fails) {
          throw new QenexException(ErrorCode.UNAVAILABLE, "nobody writes");
        }
        return submitAll(instructions);
      };
    }
  }
}
