package ai.qenex.ledger;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One class per banned call, in a core. */
public class Mistakes {

  /** Nothing to find. */
  public static class None {
    BigDecimal amount = new BigDecimal("0.1");
    Random seeded = new Random(7);

    Instant now(InstantSource clock) {
      return clock.instant();
    }

    String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
    }
  }

  /** 0.1000000000000000055511151231257827. */
  public static class InexactNumber {
    BigDecimal amount = new BigDecimal(0.1);
  }

  /** Loses cents. */
  public static class FloatingMoney {
    double amount;
  }

  /** Loses cents, in a box. */
  public static class BoxedMoney {
    Float amount;
  }

  /** Reads the clock. */
  public static class ReadsInstant {
    Instant now = Instant.now();
  }

  /** Reads the clock through a method reference. */
  public static class RefersToInstant {
    Supplier<Instant> now = Instant::now;
  }

  /** Reads the calendar. */
  public static class ReadsDate {
    LocalDate today = LocalDate.now(java.time.ZoneOffset.UTC);
  }

  /** Reads the clock in milliseconds. */
  public static class ReadsMillis {
    long now = System.currentTimeMillis();
  }

  /** Brings its own clock. */
  public static class OwnsClock {
    Clock clock = Clock.systemUTC();
  }

  /** Throws dice. */
  public static class ThrowsDice {
    Random random = new Random();
  }

  /** Talks to nobody. */
  public static class Prints {
    void print() {
      System.err.println("lost");
    }
  }

  /** Reports to nobody. */
  public static class PrintsTrace {
    void print(RuntimeException e) {
      e.printStackTrace();
    }
  }

  /** Chooses its own algorithm. */
  public static class SignsByItself {
    java.security.Signature signature() throws java.security.NoSuchAlgorithmException {
      return java.security.Signature.getInstance("SHA256withRSA");
    }
  }

  /** Stops the server. */
  public static class Exits {
    void exit() {
      System.exit(1);
    }
  }

  /** Reads differently on every machine. */
  public static class GuessesCharset {
    byte[] bytes = "é".getBytes();
  }

  /** Writes differently in Turkey. */
  public static class GuessesLocale {
    String iban = "gi04".toUpperCase();
  }

  /** Hopes that it takes a second. */
  public static class Sleeps {
    void await() throws InterruptedException {
      Thread.sleep(1000);
    }
  }

  /** Hopes that it takes a second, politely. */
  public static class SleepsInUnits {
    void await() throws InterruptedException {
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** Who remembers which is which? */
  public static class TakesTooMuch {
    void transfer(String debit, String credit, long amount, String asset, String text) {}
  }

  /** May hold what belongs together. */
  public record Order(String debit, String credit, long amount, String asset, String text) {}

  /** Named after nothing. */
  public static class AccountHelper {}

  /** Named after a pattern. */
  public static class LedgerImpl {}
}
