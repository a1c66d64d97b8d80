package ai.qenex.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.Refusal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The canonical form of every kind of entry: whole, one for each entry, and never the same for two. */
class EntryFormTest {

  private static final UUID ID = UUID.fromString("01912d68-783e-7a03-8467-5661c1243ad4");
  private static final Instant AT = Instant.parse("2027-03-01T10:15:30.123456Z");
  private static final String START = "02%02x000000000000000701912d68783e7a0384675661c1243ad4000668a24c0c36c0";

  @Test
  void knowsEveryKindOfEntry() {
    assertEquals(Set.copyOf(Entries.kinds()),
        Arrays.stream(EntryKind.values()).map(EntryKind::type).collect(Collectors.toSet()));
    for (EntryKind kind : EntryKind.values()) {
      assertEquals(kind, EntryKind.ofCode(kind.code()));
    }
  }

  @Test
  void readsBackEveryEntryWhole() {
    var entries = new Entries(1);
    for (Class<?> kind : Entries.kinds()) {
      for (int i = 0; i < 300; i++) {
        LedgerEntry entry = entries.of(kind, 1 + i);
        byte[] form = EntryForm.of(entry);
        assertEquals(entry, EntryForm.read(form));
        assertArrayEquals(form, EntryForm.of(EntryForm.read(form)), "one entry, one form");
      }
    }
  }

  @Test
  void givesNoTwoEntriesOneForm() {
    var entries = new Entries(2);
    for (Class<?> kind : Entries.kinds()) {
      for (int i = 0; i < 300; i++) {
        LedgerEntry entry = entries.of(kind, 5);
        LedgerEntry other = entries.changed(entry);
        assertFalse(Arrays.equals(EntryForm.of(entry), EntryForm.of(other)), entry + " and " + other);
      }
    }
  }

  @Test
  void refusesFormsThatNobodyWrote() {
    var entries = new Entries(3);
    for (Class<?> kind : Entries.kinds()) {
      byte[] form = EntryForm.of(entries.of(kind, 9));
      for (int length = 0; length < form.length; length++) {
        byte[] cut = Arrays.copyOf(form, length);
        assertThrows(IllegalArgumentException.class, () -> EntryForm.read(cut));
      }
      assertThrows(IllegalArgumentException.class, () -> EntryForm.read(Arrays.copyOf(form, form.length + 1)));
      form[0] = 3;
      assertThrows(IllegalArgumentException.class, () -> EntryForm.read(form));
    }
  }

  @Test
  void writesARefusalWithItsFiguresByName() {
    var figures = new LinkedHashMap<String, String>();
    figures.put("b", "2");
    figures.put("a", "1");
    assertForm(new InstructionRefused(7, ID, AT, new Refusal(Clause.ASSET_NOT_FOUND, figures)),
        START.formatted(2) + "000f41535345545f4e4f545f464f554e44" + "02" + "000161000131" + "000162000132");
  }

  @Test
  void writesAnAccount() {
    var account = new Account(new AccountNumber(258), ID, "0x00", Optional.empty(), Optional.of("a1"),
        new Asset("EUR", 2), "Ada", Product.CURRENT, AccountStatus.OPEN, Optional.of(Amount.of(50)));
    assertForm(new AccountOpened(7, ID, AT, account),
        START.formatted(3) + "0000000000000102" + "01912d68783e7a0384675661c1243ad4" + "000430783030" + "00"
            + "0100026131" + "000345555202" + "0003416461" + "000763757272656e74" + "00046f70656e" + "0100023530");
    assertForm(new AccountOpened(7, ID, AT, account, Optional.of(new Asked("bob", "new"))),
        START.formatted(12) + "0000000000000102" + "01912d68783e7a0384675661c1243ad4" + "000430783030" + "00"
            + "0100026131" + "000345555202" + "0003416461" + "000763757272656e74" + "00046f70656e" + "0100023530"
            + "0003626f62" + "00036e6577");
  }

  @Test
  void writesADate() {
    assertForm(new BusinessDateOpened(7, ID, AT, BusinessDate.parse("2027-03-01")), START.formatted(5) + "0000518e");
  }

  private static void assertForm(LedgerEntry entry, String hex) {
    assertEquals(hex, HexFormat.of().formatHex(EntryForm.of(entry)));
  }
}
