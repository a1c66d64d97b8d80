package ai.qenex.batch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.batch.JobExecution.StepProgress;
import ai.qenex.batch.service.JobBook.Part;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.QenexException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The book of jobs on a real PostgreSQL. */
class JobBookIT {

  private static EmbeddedPostgres postgres;
  private static JobBook book;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    BatchStart.migrate(postgres.getPostgresDatabase());
    book = new JobBookBean(postgres.getPostgresDatabase());
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void knowsTheLatestExecutionOfADate() {
    BusinessDate date = BusinessDate.parse("2027-01-04");
    assertEquals(Optional.empty(), book.executionOf(date));
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    book.took(date, 7, first);
    assertEquals(Optional.of(first), book.serverOf(7));
    book.took(date, 9, second);
    assertEquals(Optional.of(9L), book.executionOf(date));
    assertEquals(Optional.of(second), book.serverOf(9));
    assertEquals(Optional.empty(), book.serverOf(7));
  }

  @Test
  void countsAStepAsDoneWhenAllItsPartsAre() {
    BusinessDate date = BusinessDate.parse("2027-01-05");
    var even = new Part(date, EndOfDayStep.STATEMENTS, 0);
    var odd = new Part(date, EndOfDayStep.STATEMENTS, 1);
    book.begin(even, 2, 0, 3);
    book.advance(even, 3);
    assertTrue(book.isDone(even));
    assertEquals(new StepProgress("statements", 3, 3, false), statements(date));
    book.begin(odd, 2, 0, 2);
    book.advance(odd, 1);
    assertFalse(book.isDone(odd));
    assertEquals(new StepProgress("statements", 4, 5, false), statements(date));
    book.advance(odd, 1);
    assertEquals(new StepProgress("statements", 5, 5, true), statements(date));
  }

  @Test
  void countsAStepWithoutItemsAsOneThatIsDone() {
    BusinessDate date = BusinessDate.parse("2027-01-06");
    book.begin(new Part(date, EndOfDayStep.STATEMENTS, 0), 1, 0, 0);
    assertEquals(new StepProgress("statements", 1, 1, true), statements(date));
  }

  @Test
  void keepsTheNumberOfPartsOfAStepThatWasBegun() {
    BusinessDate date = BusinessDate.parse("2027-01-07");
    assertEquals(4, book.partsOf(date, EndOfDayStep.STATEMENTS, 4));
    book.begin(new Part(date, EndOfDayStep.STATEMENTS, 0), 2, 0, 1);
    assertEquals(2, book.partsOf(date, EndOfDayStep.STATEMENTS, 4));
  }

  @Test
  void listsEveryStepAndTheOneThatWasBegunLast() {
    BusinessDate date = BusinessDate.parse("2027-01-08");
    assertEquals(EndOfDayStep.values().length, book.progress(date).size());
    assertEquals(Optional.empty(), book.lastBegun(date));
    book.begin(Part.whole(date, EndOfDayStep.NET), 1, 0, 1);
    book.begin(Part.whole(date, EndOfDayStep.CUT_OFF), 1, 1, 1);
    assertEquals(Optional.of(EndOfDayStep.NET), book.lastBegun(date));
  }

  @Test
  void refusesToCountMoreItemsThanThereAre() {
    var part = Part.whole(BusinessDate.parse("2027-01-11"), EndOfDayStep.NET);
    book.begin(part, 1, 0, 1);
    assertThrows(QenexException.class, () -> book.advance(part, 2));
  }

  @Test
  void keepsTheFirstReasonOfAFailure() {
    book.failed(3, "net", "x".repeat(2_000));
    book.failed(3, "net", "another");
    assertEquals("net: " + "x".repeat(1_000), book.failureOf(3).orElseThrow());
    assertEquals(Optional.empty(), book.failureOf(4));
  }

  private static StepProgress statements(BusinessDate date) {
    return book.progress(date).get(EndOfDayStep.STATEMENTS.ordinal());
  }
}
