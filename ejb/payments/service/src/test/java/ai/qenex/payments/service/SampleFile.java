package ai.qenex.payments.service;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes a pain.001.001.09 for a test. */
final class SampleFile {

  private final String messageId;
  private final StringBuilder groups = new StringBuilder();
  private StringBuilder group;
  private String groupHead;
  private int count;
  private int groupCount;
  private BigDecimal sum = BigDecimal.ZERO;
  private String countText;
  private String sumText;

  SampleFile(String messageId) {
    this.messageId = messageId;
  }

  SampleFile group(String id, String debtorIban, String date) {
    endGroup();
    group = new StringBuilder();
    groupHead = "<PmtInf><PmtInfId>" + id + "</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt><Dt>" + date
        + "</Dt></ReqdExctnDt><Dbtr><Nm>Debtor AG</Nm></Dbtr><DbtrAcct><Id><IBAN>" + debtorIban
        + "</IBAN></Id></DbtrAcct><DbtrAgt><FinInstnId><BICFI>QENXDEFF</BICFI></FinInstnId></DbtrAgt>";
    return this;
  }

  /** A payment of so much of a currency, such as {@code 12.50 EUR}, to an account; an agent may be empty. */
  SampleFile pay(String endToEndId, String amount, String iban, String agent) {
    String[] money = amount.split(" ");
    count++;
    groupCount++;
    sum = sum.add(new BigDecimal(money[0]));
    group.append("<CdtTrfTxInf><PmtId><EndToEndId>").append(endToEndId)
        .append("</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"")
        .append(money[1]).append("\">").append(money[0]).append("</InstdAmt></Amt>");
    if (!agent.isEmpty()) {
      group.append("<CdtrAgt><FinInstnId><BICFI>").append(agent).append("</BICFI></FinInstnId></CdtrAgt>");
    }
    group.append("<Cdtr><Nm>Creditor</Nm></Cdtr><CdtrAcct><Id><IBAN>").append(iban)
        .append("</IBAN></Id></CdtrAcct><RmtInf><Ustrd>for ").append(endToEndId)
        .append("</Ustrd></RmtInf></CdtTrfTxInf>");
    return this;
  }

  SampleFile declaring(String payments, String controlSum) {
    countText = payments;
    sumText = controlSum;
    return this;
  }

  InputStream stream() {
    return new ByteArrayInputStream(text().getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    endGroup();
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">"
        + "<CstmrCdtTrfInitn><GrpHdr><MsgId>" + messageId + "</MsgId><CreDtTm>2027-02-26T08:00:00Z</CreDtTm><NbOfTxs>"
        + (countText == null ? count : countText) + "</NbOfTxs><CtrlSum>"
        + (sumText == null ? sum.toPlainString() : sumText)
        + "</CtrlSum><InitgPty><Nm>Debtor AG</Nm></InitgPty></GrpHdr>" + groups + "</CstmrCdtTrfInitn></Document>";
  }

  private void endGroup() {
    if (group != null) {
      groups.append(groupHead).append(group).append("</PmtInf>");
      group = null;
    }
  }
}
