package ai.qenex.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The leaf of a transfer, against a form and a hash made with other tools. */
class TransferLeafTest {

  private static final Asset EUR = new Asset("EUR", 2);

  private static TransferPosted transfer(long seq, Money amount, Optional<String> reference) {
    return new TransferPosted(seq, UUID.fromString("01912d68-783e-7a03-8467-5661c1243ad4"),
        Instant.parse("2027-03-01T10:15:30.123456Z"), BusinessDate.parse("2027-03-01"), LocalDate.of(2027, 3, 2),
        new AccountNumber(1), new AccountNumber(258), amount, Amount.of(-1_250), Amount.of(1_250), reference);
  }

  @Test
  void writesEachFieldInItsPlace() {
    String form = "01" + "0000000000000007" + "01912d68783e7a0384675661c1243ad4" + "000668a24c0c36c0" + "0000518e"
        + "0000518f" + "0000000000000001" + "0000000000000102" + "0003455552" + "02" + "000431323530"
        + "00052d31323530" + "000431323530" + "01" + "00034bc3a4";
    var transfer = transfer(7, Money.parse("12.50", EUR), Optional.of("K\u00e4"));
    assertEquals(form, HexFormat.of().formatHex(TransferLeaf.canonicalForm(transfer)));
    assertEquals("6875d0883daef9967efb117be2199256e0c869e1a1f7ebb2afd9334eebaf77bd", TransferLeaf.hash(transfer));
  }

  @Test
  void tellsTransfersApart() {
    var transfer = transfer(7, Money.parse("12.50", EUR), Optional.empty());
    for (TransferPosted other : List.of(transfer(8, Money.parse("12.50", EUR), Optional.empty()),
        transfer(7, Money.parse("12.51", EUR), Optional.empty()),
        transfer(7, Money.parse("12.50", EUR), Optional.of("")))) {
      assertNotEquals(TransferLeaf.hash(transfer), TransferLeaf.hash(other));
    }
    assertEquals(TransferLeaf.hash(transfer),
        TransferLeaf.hash(transfer(7, Money.parse("12.50", EUR), Optional.empty())));
  }
}
