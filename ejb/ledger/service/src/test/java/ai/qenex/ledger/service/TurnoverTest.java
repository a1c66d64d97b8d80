package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.EUR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.ledger.GeneralLedger.Line;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A turnover is told whole, in as few lines as its digits allow. */
class TurnoverTest {

  @ParameterizedTest
  @CsvSource({
      "0, 0, 1",
      "1, 0, 1",
      "0, 250, 1",
      "99999999999999999999999999999999999999, 99999999999999999999999999999999999999, 1",
      "100000000000000000000000000000000000000, 5, 2",
      "7, 199999999999999999999999999999999999998, 2",
      "7, 199999999999999999999999999999999999999, 3"})
  void linesAddUpToTheTurnover(BigInteger debits, BigInteger credits, int count) {
    List<Line> lines = new Turnover("1000", EUR, debits, credits).lines();
    assertEquals(count, lines.size());
    assertEquals(debits, sum(lines, line -> line.debits().amount().toBigInteger()));
    assertEquals(credits, sum(lines, line -> line.credits().amount().toBigInteger()));
  }

  private static BigInteger sum(List<Line> lines, Function<Line, BigInteger> side) {
    return lines.stream().map(side).reduce(BigInteger.ZERO, BigInteger::add);
  }
}
