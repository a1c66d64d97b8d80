package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BusinessDayTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final FakeBank bank;

  BusinessDayTest() throws IOException {
    bank = new FakeBank();
  }

  @AfterEach
  void closeTheBank() {
    bank.close();
  }

  @Test
  void playsTheDayAndReports() {
    play();
    assertTrue(bank.asked().contains("POST /api/v1/jobs/end-of-day"));
    assertTrue(text().contains("Ledger check passed"), text());
    assertTrue(text().contains("Written: 7 account statements"), text());
  }

  @Test
  void aSecondStartOrdersNothing() {
    play();
    int before = bank.asked().size();
    play();
    List<String> asked = bank.asked().subList(before, bank.asked().size());
    assertEquals(List.of("POST /oauth2/token"),
        asked.stream().filter(call -> call.startsWith("POST")).distinct().toList());
    assertTrue(text().contains("was played already"), text());
  }

  @Test
  void aDayThatWasCutShortIsPlayedOnWithTheSameIds() {
    bank.breakAt("/api/v1/jobs/end-of-day");
    assertThrows(DemoFaultException.class, this::play);
    int posted = bank.posted();
    bank.breakAt("");
    play();
    assertEquals(posted, bank.posted());
  }

  @Test
  void asksABusyBankAgain() {
    bank.beBusy(5);
    play();
    assertTrue(text().contains("Ledger check passed"), text());
  }

  @Test
  void saysWhatWasAskedAndAnsweredWhenSomethingIsWrong() {
    bank.breakAt("/api/v1/settlement/obligations");
    DemoFaultException fault = assertThrows(DemoFaultException.class, this::play);
    assertEquals("POST /api/v1/settlement/obligations answered 500: {\"code\":\"STORAGE_FAILED\"}", fault.getMessage());
    assertFalse(text().contains("Ledger check"), text());
  }

  private void play() {
    new BusinessDay(bank.uri(), new PrintStream(printed, true, StandardCharsets.UTF_8)).play();
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
