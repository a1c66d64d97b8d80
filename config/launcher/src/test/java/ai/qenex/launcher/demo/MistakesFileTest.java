package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Iban;
import ai.qenex.launcher.demo.MistakesFile.Expected;
import ai.qenex.launcher.demo.StatusReport.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class MistakesFileTest {

  private final MistakesFile file =
      MistakesFile.read(new MistakesFile.Values(LocalDate.of(2026, 1, 5), "QENXDEFF", Xml::ibanOf));
  private final Document document = Xml.parse(file.document().getBytes(StandardCharsets.UTF_8));

  @Test
  void everyPlaceholderIsFilledIn() {
    assertFalse(file.document().contains("${"));
    assertTrue(file.document().contains("<Dt>2025-01-05</Dt>"), "a date moved by days");
  }

  @Test
  void isADocumentOfTheBanksProfileForAllItsMistakes() {
    assertDoesNotThrow(() -> Xml.validate(file.document().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyTransferSaysWhatItComesTo() {
    List<String> ids = new ArrayList<>();
    NodeList found = document.getElementsByTagNameNS(SalaryFile.NAMESPACE, "EndToEndId");
    for (int i = 0; i < found.getLength(); i++) {
      ids.add(found.item(i).getTextContent());
    }
    assertEquals(ids, file.expected().stream().map(Expected::endToEndId).toList());
    assertTrue(file.expected().stream().map(Expected::outcome).distinct().count() >= 14, "reasons that differ");
  }

  @Test
  void theWholeFileDeclaresWhatItHolds() {
    assertEquals(String.valueOf(file.expected().size()), Xml.text(document, "NbOfTxs"));
    assertEquals(0, new BigDecimal(Xml.text(document, "CtrlSum")).compareTo(Xml.sum(document.getDocumentElement())));
  }

  @Test
  void onlyTheGroupsThatAreToFailDeclareSomethingElse() {
    NodeList groups = document.getElementsByTagNameNS(SalaryFile.NAMESPACE, "PmtInf");
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < groups.getLength(); i++) {
      Element group = (Element) groups.item(i);
      int count = group.getElementsByTagNameNS(SalaryFile.NAMESPACE, "CdtTrfTxInf").getLength();
      boolean right = Xml.text(group, "NbOfTxs").equals(String.valueOf(count))
          && new BigDecimal(Xml.text(group, "CtrlSum")).compareTo(Xml.sum(group)) == 0;
      if (!right) {
        wrong.add(Xml.text(group, "PmtInfId"));
      }
    }
    assertEquals(List.of("MIX-2026-01-05-3", "MIX-2026-01-05-4"), wrong);
  }

  @Test
  void theOneIbanThatIsToBeBrokenIsBroken() {
    NodeList ibans = document.getElementsByTagNameNS(SalaryFile.NAMESPACE, "IBAN");
    int broken = 0;
    for (int i = 0; i < ibans.getLength(); i++) {
      broken += Iban.isValid(ibans.item(i).getTextContent()) ? 0 : 1;
    }
    assertEquals(1, broken);
  }

  @Test
  void comparesATwiceUsedIdInOrder() {
    MistakesFile twice = new MistakesFile("<Document/>",
        List.of(new Expected("A", "booked", "first"), new Expected("A", "AM05", "again"),
            new Expected("B", "AC01", "")));
    StatusReport report =
        new StatusReport("PART", List.of(new Verdict("A", "ACSC", ""), new Verdict("A", "RJCT", "AM05")));
    assertEquals(List.of("booked", "AM05", "not reported"),
        twice.compare(report).stream().map(DayReport.Expectation::outcome).toList());
  }
}
