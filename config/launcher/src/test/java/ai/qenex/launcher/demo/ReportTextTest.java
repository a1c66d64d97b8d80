package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.launcher.demo.DayReport.Books;
import ai.qenex.launcher.demo.DayReport.Cycle;
import ai.qenex.launcher.demo.DayReport.Expectation;
import ai.qenex.launcher.demo.DayReport.Output;
import ai.qenex.launcher.demo.DayReport.Position;
import ai.qenex.launcher.demo.DayReport.Step;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReportTextTest {

  private static final LocalDate DATE = LocalDate.of(2026, 1, 5);
  private static final URI BASE = URI.create("http://localhost:8080");

  private static final Map<String, Long> REASONS = Stream.of("AC01", "AC04", "AC06", "AG01", "AM01", "AM02", "AM03",
      "AM04", "AM05", "AM10", "AM18", "CH07", "CH20").collect(Collectors.toMap(code -> code, code -> 1L));

  @Test
  void laysOutAPlayedDay() {
    DayReport report = new DayReport(BASE, DATE, Optional.of(Path.of("files")),
        List.of(new Step("Salary file", 1000, 25, REASONS, Duration.ofMillis(800)),
            new Step("Card purchases", 19_812, 188, Map.of("EXCEEDS_AVAILABLE_BALANCE", 188L), Duration.ofSeconds(2))),
        List.of(new Expectation("M01", "booked", "booked", "nothing is wrong"),
            new Expectation("M03", "AC01", "RC01", "the check digits of the IBAN are wrong")),
        List.of(cycle()), new Books(true, 5, 21_345, List.of()), new Output(290, 2));
    assertEquals(golden("played-day.txt"), ReportText.of(report));
  }

  @Test
  void saysWhichLawIsBroken() {
    DayReport report = new DayReport(BASE, DATE, Optional.empty(), List.of(), List.of(), List.of(),
        new Books(false, 5, 21_345, List.of("EUR does not sum to zero: 0.01")), new Output(0, 0));
    assertEquals(golden("broken-books.txt"), ReportText.of(report));
  }

  private static Cycle cycle() {
    return new Cycle("EUR", "settled", 812, new BigDecimal("360.00"),
        List.of(position("ALPEATW0", "90.00", "50.00", "-40.00"), position("QENXDEFF", "100.00", "140.00", "40.00")));
  }

  private static Position position(String bank, String sent, String received, String net) {
    return new Position(bank, new BigDecimal(sent), new BigDecimal(received), new BigDecimal(net));
  }

  private static String golden(String name) {
    try (InputStream in = ReportTextTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
