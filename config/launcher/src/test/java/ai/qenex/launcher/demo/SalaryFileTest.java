package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Iban;
import ai.qenex.launcher.demo.SalaryFile.Employee;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class SalaryFileTest {

  private static final LocalDate DATE = LocalDate.of(2026, 1, 5);

  private final SalaryFile file = SalaryFile.read();

  @Test
  void paysAThousandEmployeesAtOurBankAndAtOthers() {
    assertEquals(1000, file.employees().size());
    assertEquals(250, file.employees().stream().filter(Employee::isWithUs).count());
  }

  @Test
  void accountsElsewhereHaveValidIbansAtBanksWithANostro() {
    Set<String> banks =
        DemoFiles.table("bank/banks.csv").stream().map(row -> row.get("bic")).collect(Collectors.toSet());
    for (Employee employee : file.employees()) {
      if (!employee.isWithUs()) {
        assertTrue(Iban.isValid(employee.iban()), employee.iban());
        assertEquals(new Bic(employee.bank()).country(), new Iban(employee.iban()).country(), employee.number());
        assertTrue(banks.contains(employee.bank()), employee.bank());
      }
    }
  }

  @Test
  void declaresWhatItHolds() {
    Document document = Xml.parse(file.document(DATE, "QENXDEFF", Xml::ibanOf));
    assertEquals(1000, document.getElementsByTagNameNS(SalaryFile.NAMESPACE, "CdtTrfTxInf").getLength());
    assertEquals("1000", Xml.text(document, "NbOfTxs"));
    assertEquals(0, Xml.sum(document.getDocumentElement()).compareTo(new BigDecimal(Xml.text(document, "CtrlSum"))));
  }

  @Test
  void isADocumentOfTheBanksProfile() {
    assertDoesNotThrow(() -> Xml.validate(file.document(DATE, "QENXDEFF", Xml::ibanOf)));
  }

  @Test
  void sameDateAndAccountsGiveTheSameBytes() {
    assertArrayEquals(file.document(DATE, "QENXDEFF", Xml::ibanOf), file.document(DATE, "QENXDEFF", Xml::ibanOf));
  }
}
