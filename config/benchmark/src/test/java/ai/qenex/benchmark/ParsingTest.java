package ai.qenex.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.benchmark.BankLoad.Customer;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** What the benchmark reads and reckons with. */
class ParsingTest {

  @Test
  void readsProcessTimesWhateverTheProgramIsCalled() {
    String line = "4711 (postgres: x) y) S 4700 4711 4711 0 -1 4194560 100 0 3 0 120 30 7 5 20 0 1 0 98765 1 2";
    assertEquals(new ProcessTimes.Stat(4711, 4700, 150, 12), ProcessTimes.Stat.parse(line));
    assertThrows(IllegalArgumentException.class, () -> ProcessTimes.Stat.parse("nonsense"));
  }

  @Test
  void countsOwnCpuTime() {
    Duration before = Stretch.own();
    long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
    long turns = 0;
    while (System.nanoTime() < end) {
      turns++;
    }
    assertTrue(turns > 0);
    assertTrue(!ProcessTimes.known() || Stretch.own().compareTo(before) > 0);
  }

  @Test
  void readsTheReportOfPgbench() {
    String report = """
        transaction type: <builtin: TPC-B (sort of)>
        scaling factor: 10
        query mode: prepared
        number of clients: 8
        number of transactions actually processed: 71234
        number of failed transactions: 0 (0.000%)
        latency average = 1.123 ms
        initial connection time = 11.024 ms
        tps = 7123.456789 (without initial connection time)
        """;
    assertEquals(new Pgbench.Result(71_234, 1.123), Pgbench.Result.parse(report));
    assertThrows(IllegalArgumentException.class, () -> Pgbench.Result.parse("pgbench: error: connection refused"));
  }

  @Test
  void addsUpRounds() {
    var latencies = new Latencies();
    latencies.add(1_000_000);
    var round = new Measured(1_000, Duration.ofSeconds(1), Duration.ofMillis(3), Duration.ofMillis(1), latencies);
    Measured both = round.plus(round);
    assertEquals(1_000, both.perSecond());
    assertEquals(4, both.cpuMicros());
    assertEquals(2, both.latencies().count());
    assertEquals(List.of("x", "1,000", "3.0 + 1.0", "1.00 / 1.00 / 1.0"), List.of(both.cells("x")));
  }

  @Test
  void writesTpcBAsPgbenchDoes() {
    String schema = String.join(";", TpcB.schema(3));
    assertTrue(schema.contains("generate_series(1, 3) b"));
    assertTrue(schema.contains("generate_series(1, 30) t"));
    assertTrue(schema.contains("generate_series(1, 300000) a"));
    for (String table : List.of("branches", "tellers", "accounts")) {
      assertTrue(schema.contains("alter table tpcb." + table + " add primary key"), table);
    }
  }

  @Test
  void writesPaymentFilesThatAddUp() throws Exception {
    var customers = List.of(new Customer("a", "DE1"), new Customer("b", "DE2"), new Customer("c", "DE3"));
    byte[] document = SalaryDocument.of("M1", LocalDate.of(2027, 3, 1), customers, 5);
    var parsed = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(document));
    assertEquals(5, parsed.getElementsByTagName("CdtTrfTxInf").getLength());
    assertEquals("5.00", parsed.getElementsByTagName("CtrlSum").item(0).getTextContent());
    var ibans = parsed.getElementsByTagName("IBAN");
    String payees = IntStream.range(1, ibans.getLength()).mapToObj(i -> ibans.item(i).getTextContent())
        .collect(Collectors.joining(" "));
    assertEquals("DE2 DE3 DE2 DE3 DE2", payees);
  }

  @Test
  void judgesByItsGoal() {
    assertEquals("- x: 2.0, goal at least 2: reached", PostingBenchmark.verdict("x", 2, 2));
    assertEquals("- x: 1.9, goal at least 2: MISSED", PostingBenchmark.verdict("x", 1.9, 2));
  }
}
