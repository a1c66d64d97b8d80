package ai.qenex.security.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Hash;
import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditLine;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditSubject;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The form by hand, and lines that come back as they went. */
class AuditLineTest {

  private static final AuditForm.Place FIRST = new AuditForm.Place(Hash.NOTHING, "n1");

  @Test
  void hasTheFormOfTheHandbook() {
    AuditEvent event =
        AuditEvent.of(AuditKind.STEP_UP, "prove", new AuditSubject("transfer", "7"), AuditOutcome.REFUSED)
            .by(AuditOrigin.of("ann", List.of("teller", "approver"), "192.0.2.1", "c1")).ending(3).because("ä")
            .changing("a", "");
    AuditRecord record = new AuditForm().record(2, Instant.parse("1970-01-01T00:00:01.000002Z"), FIRST, event);
    String form =
        "01" + "0000000000000002" + "00000000000f4242" + "00".repeat(32) + text("n1") + text("step-up") + text("prove")
            + text("ann") + text("approver,teller") + text("192.0.2.1") + text("c1") + text("transfer") + text("7")
            + text("refused") + "0000000000000003" + "0002c3a4" + text("a") + "0000";
    assertEquals(form, HexFormat.of().formatHex(new AuditForm().bytes(record)));
    assertEquals(new AuditForm().hashOf(record), record.hash());
  }

  private static String text(String ascii) {
    var hex = new StringBuilder(String.format("%04x", ascii.length()));
    ascii.chars().forEach(c -> hex.append(String.format("%02x", c)));
    return hex.toString();
  }

  @Property(tries = 500)
  void everyRecordComesBackFromItsLine(@ForAll String any, @ForAll String other, @ForAll long seed) {
    AuditEvent event = SmallLog.event(5, new Random(seed)).because(any).changing(other, any)
        .by(AuditOrigin.of(any, List.of(other), any, other));
    AuditRecord record = new AuditForm().record(5, Instant.parse("2027-01-01T00:00:00Z"), FIRST, event);
    String line = AuditLine.of(record);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    assertEquals(record, AuditLine.record(line));
  }

  @Test
  void cutsWhatIsTooLongAndSaysSo() {
    AuditEvent event = AuditEvent.of(AuditKind.ACTION, "do", new AuditSubject("x", "y"), AuditOutcome.SUCCEEDED)
        .because("r".repeat(501));
    assertEquals(500, event.reason().length());
    assertTrue(event.reason().endsWith("r…(501)"), event.reason());
    assertEquals(event, event.because(event.reason()));
  }
}
