package ai.qenex.benchmark;

import ai.qenex.benchmark.BankLoad.Customer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** A pain.001.001.09 of many payments of one euro from one customer to all others in turn. */
final class SalaryDocument {

  private SalaryDocument() {}

  /** @param message id of the message, at most 20 characters: another one is another file */
  static byte[] of(String message, LocalDate date, List<Customer> customers, int payments) {
    Customer payer = customers.get(0);
    var xml = new StringBuilder(payments * 330);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\"><CstmrCdtTrfInitn><GrpHdr><MsgId>")
        .append(message).append("</MsgId><CreDtTm>").append(date).append("T06:00:00Z</CreDtTm><NbOfTxs>")
        .append(payments)
        .append("</NbOfTxs><CtrlSum>").append(payments)
        .append(".00</CtrlSum><InitgPty><Nm>Benchmark</Nm></InitgPty></GrpHdr>")
        .append("<PmtInf><PmtInfId>").append(message).append("-1</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>")
        .append(date).append("</Dt></ReqdExctnDt><Dbtr><Nm>Benchmark</Nm></Dbtr><DbtrAcct><Id><IBAN>")
        .append(payer.iban())
        .append("</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>");
    for (int i = 0; i < payments; i++) {
      Customer payee = customers.get(1 + i % (customers.size() - 1));
      xml.append("<CdtTrfTxInf><PmtId><EndToEndId>").append(message).append('-').append(i)
          .append("</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"EUR\">1.00</InstdAmt></Amt><Cdtr><Nm>Employee ").append(i)
          .append("</Nm></Cdtr><CdtrAcct><Id><IBAN>").append(payee.iban())
          .append("</IBAN></Id></CdtrAcct><RmtInf><Ustrd>Salary</Ustrd></RmtInf></CdtTrfTxInf>\n");
    }
    return xml.append("</PmtInf></CstmrCdtTrfInitn></Document>").toString().getBytes(StandardCharsets.UTF_8);
  }
}
