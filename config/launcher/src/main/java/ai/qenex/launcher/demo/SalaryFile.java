package ai.qenex.launcher.demo;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The salaries of a month as a pain.001.001.09 with one credit transfer per employee. The same date and accounts give
 * the same bytes, so that handing the file in again after a crash is answered with its first result.
 *
 * @param employer alias of the account that pays
 */
record SalaryFile(String employer, String initiator, String asset, String purpose, String remittance,
    List<Employee> employees) {

  static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

  SalaryFile {
    employees = List.copyOf(employees);
  }

  /**
   * One line of {@code employees.csv}.
   *
   * @param bank BIC, empty if the account is with us
   * @param iban empty if the account is with us
   */
  record Employee(String number, String name, String town, String country, String bank, String iban,
      BigDecimal salary) {

    boolean isWithUs() {
      return bank.isEmpty();
    }

    String alias() {
      return "employee." + number;
    }
  }

  static SalaryFile read() {
    Properties recipe = DemoFiles.properties("salaries/recipe.properties");
    List<Employee> employees = DemoFiles.table("salaries/employees.csv").stream()
        .map(row -> new Employee(row.get("number"), row.get("name"), row.get("town"), row.get("country"),
            row.get("bank"), row.get("iban"),
            new BigDecimal(row.get("salary"))))
        .toList();
    return new SalaryFile(recipe.getProperty("employer"), recipe.getProperty("initiator"), recipe.getProperty("asset"),
        recipe.getProperty("purpose"), recipe.getProperty("remittance"), employees);
  }

  BigDecimal total() {
    return employees.stream().map(Employee::salary).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * @param date the business date it is to be carried out on
   * @param bankBic BIC of our bank
   * @param ibanOf finds the IBAN of an account of ours by its alias
   */
  byte[] document(LocalDate date, String bankBic, UnaryOperator<String> ibanOf) {
    StringWriter text = new StringWriter();
    try {
      Pain pain = new Pain(XMLOutputFactory.newInstance().createXMLStreamWriter(text));
      pain.out.writeStartDocument("UTF-8", "1.0");
      pain.open("Document");
      pain.out.writeDefaultNamespace(NAMESPACE);
      pain.open("CstmrCdtTrfInitn");
      writeHeader(pain, date);
      pain.open("PmtInf");
      writeEmployer(pain, date, bankBic, ibanOf.apply(employer));
      for (Employee employee : employees) {
        writeSalary(pain, employee, date, employee.isWithUs() ? ibanOf.apply(employee.alias()) : employee.iban());
      }
      pain.close(3);
      pain.out.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string takes everything", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeHeader(Pain pain, LocalDate date) throws XMLStreamException {
    pain.open("GrpHdr");
    pain.leaf("MsgId", "SALARY-" + date);
    pain.leaf("CreDtTm", date + "T06:00:00Z");
    pain.leaf("NbOfTxs", Integer.toString(employees.size()));
    pain.leaf("CtrlSum", total().toPlainString());
    pain.nested("InitgPty", "Nm", initiator);
    pain.close(1);
  }

  private void writeEmployer(Pain pain, LocalDate date, String bankBic, String iban) throws XMLStreamException {
    pain.leaf("PmtInfId", "SALARY-" + date + "-1");
    pain.leaf("PmtMtd", "TRF");
    pain.leaf("BtchBookg", "false");
    pain.leaf("NbOfTxs", Integer.toString(employees.size()));
    pain.leaf("CtrlSum", total().toPlainString());
    pain.nested("ReqdExctnDt", "Dt", date.toString());
    pain.nested("Dbtr", "Nm", initiator);
    pain.account("DbtrAcct", iban);
    pain.agent("DbtrAgt", bankBic);
    pain.leaf("ChrgBr", "SLEV");
  }

  private void writeSalary(Pain pain, Employee employee, LocalDate date, String iban) throws XMLStreamException {
    pain.open("CdtTrfTxInf");
    pain.nested("PmtId", "EndToEndId", "SAL-" + date + "-" + employee.number());
    pain.open("Amt");
    pain.out.writeStartElement("InstdAmt");
    pain.out.writeAttribute("Ccy", asset);
    pain.out.writeCharacters(employee.salary().toPlainString());
    pain.close(2);
    if (!employee.isWithUs()) {
      pain.agent("CdtrAgt", employee.bank());
    }
    pain.nested("Cdtr", "Nm", employee.name());
    pain.account("CdtrAcct", iban);
    pain.nested("Purp", "Cd", purpose);
    pain.nested("RmtInf", "Ustrd",
        remittance + " " + date.getYear() + "-" + String.format("%02d", date.getMonthValue()));
    pain.close(1);
    pain.out.writeCharacters("\n");
  }

  /** The few shapes that a pain.001 is made of. */
  private record Pain(XMLStreamWriter out) {

    void open(String name) throws XMLStreamException {
      out.writeStartElement(name);
    }

    void close(int elements) throws XMLStreamException {
      for (int i = 0; i < elements; i++) {
        out.writeEndElement();
      }
    }

    void leaf(String name, String text) throws XMLStreamException {
      open(name);
      out.writeCharacters(text);
      close(1);
    }

    void nested(String outer, String inner, String text) throws XMLStreamException {
      open(outer);
      leaf(inner, text);
      close(1);
    }

    void account(String name, String iban) throws XMLStreamException {
      open(name);
      nested("Id", "IBAN", iban);
      close(1);
    }

    void agent(String name, String bic) throws XMLStreamException {
      open(name);
      nested("FinInstnId", "BICFI", bic);
      close(1);
    }
  }
}
