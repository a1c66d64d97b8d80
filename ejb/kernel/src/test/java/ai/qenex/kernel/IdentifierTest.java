package ai.qenex.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

  private static final Instant NOW = Instant.parse("2027-03-01T09:30:00.123Z");

  @Test
  void version7CarriesItsTimeAndForm() {
    UUID id = new UuidV7(() -> NOW, new Random(7)).next();
    assertTrue(UuidV7.isVersion7(id));
    assertEquals(NOW, UuidV7.timeOf(id));
    assertFalse(UuidV7.isVersion7(UUID.fromString("c232ab00-9414-41ec-b3c8-9f6bdeced846")));
  }

  @Test
  void version7RisesWithinAMillisecondAndWhenTheClockTurnsBackALittle() {
    var now = new AtomicLong(NOW.toEpochMilli());
    var ids = new UuidV7(() -> Instant.ofEpochMilli(now.get()), new Random(7));
    UUID before = ids.next();
    for (int i = 0; i < 20_000; i++) {
      now.addAndGet(i % 5_000 == 0 ? -3 : 0);
      UUID next = ids.next();
      assertTrue(next.toString().compareTo(before.toString()) > 0);
      assertTrue(UuidV7.isVersion7(next));
      before = next;
    }
    assertTrue(UuidV7.timeOf(before).toEpochMilli() < NOW.toEpochMilli() + 10);
  }

  @Test
  void version7FollowsAClockThatWasSetRight() {
    var now = new AtomicLong(NOW.toEpochMilli());
    var ids = new UuidV7(() -> Instant.ofEpochMilli(now.get()), new Random(7));
    ids.next();
    now.addAndGet(-86_400_000);
    assertEquals(now.get(), UuidV7.timeOf(ids.next()).toEpochMilli());
  }

  @Test
  void readsTheTimeOfTheExampleInRfc9562AppendixA6() {
    UUID published = UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    assertTrue(UuidV7.isVersion7(published));
    assertEquals(Instant.parse("2022-02-22T19:22:22Z"), UuidV7.timeOf(published));
  }

  @Test
  void derivesTheSameIdForTheSamePart() {
    UUID whole = new UuidV7(() -> NOW, new Random(7)).next();
    UUID first = UuidV7.derived(whole, "leg 1");
    assertEquals(first, UuidV7.derived(whole, "leg 1"));
    assertNotEquals(first, UuidV7.derived(whole, "leg 2"));
    assertTrue(UuidV7.isVersion7(first));
    assertEquals(NOW, UuidV7.timeOf(first));
  }

  @Test
  void derivesNoTimeFromAnIdWithoutOne() {
    UUID random = UUID.fromString("dc5223bc-1591-4ec3-a990-e068eeabd3e5");
    UUID part = UuidV7.derived(random, "leg 1");
    assertTrue(UuidV7.isVersion7(part));
    assertEquals(Instant.EPOCH, UuidV7.timeOf(part));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606"})
  void acceptsTheExamplesOfTheIbanRegistry(String text) {
    assertEquals(text, new Iban(text).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DE", "DE89370400440532013001", "DE8937040044053201300", "XX89370400440532013000",
      "de89370400440532013000",
      "DE89 3704 0044 0532 0130 00", "DE893704004405320130000000000000000000"})
  void refusesWrongIbans(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Iban(text));
  }

  @Test
  void computesCheckDigits() {
    assertEquals(new Iban("DE89370400440532013000"), Iban.of("DE", "370400440532013000"));
    assertThrows(IllegalArgumentException.class, () -> Iban.of("DE", "12"));
    assertThrows(IllegalArgumentException.class, () -> Iban.of("ZZ", "12"));
  }

  @Test
  void readsBics() {
    assertEquals(new Bic("DEUTDEFF"), new Bic("DEUTDEFF500").institution());
    assertEquals("DE", new Bic("DEUTDEFF").country());
    assertThrows(IllegalArgumentException.class, () -> new Bic("DEUTDEF"));
    assertThrows(IllegalArgumentException.class, () -> new Bic("deutdeff"));
  }

  @Test
  void stepsOverWeekends() {
    BusinessDate friday = new BusinessDate(LocalDate.of(2027, 3, 5));
    assertEquals(BusinessDate.parse("2027-03-08"), HolidayCalendar.WEEKENDS.next(friday));
    assertThrows(IllegalStateException.class, () -> ((HolidayCalendar) date -> false).next(friday));
  }
}
