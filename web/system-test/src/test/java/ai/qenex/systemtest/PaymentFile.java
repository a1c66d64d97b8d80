package ai.qenex.systemtest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Writes a pain.001.001.09 with one group of one debtor. */
final class PaymentFile {

  private final String messageId;
  private final String debtorIban;
  private final List<String> payments = new ArrayList<>();
  private BigDecimal sum = BigDecimal.ZERO;

  PaymentFile(String messageId, String debtorIban) {
    this.messageId = messageId;
    this.debtorIban = debtorIban;
  }

  PaymentFile pay(String creditorIban, String amount, String endToEndId) {
    return pay(creditorIban, "", amount, endToEndId);
  }

  /** @param bic of the creditor's bank, empty for ours */
  PaymentFile pay(String creditorIban, String bic, String amount, String endToEndId) {
    sum = sum.add(new BigDecimal(amount));
    String agent = bic.isEmpty() ? "" : "<CdtrAgt><FinInstnId><BICFI>" + bic + "</BICFI></FinInstnId></CdtrAgt>";
    payments.add("""
        <CdtTrfTxInf><PmtId><EndToEndId>%s</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">%s</InstdAmt></Amt>%s\
        <Cdtr><Nm>Creditor</Nm></Cdtr><CdtrAcct><Id><IBAN>%s</IBAN></Id></CdtrAcct>\
        <RmtInf><Ustrd>Test</Ustrd></RmtInf></CdtTrfTxInf>
        """.formatted(endToEndId, amount, agent, creditorIban));
    return this;
  }

  /** @param date on which it is to be executed, ISO-8601 */
  String xml(String date) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
        <GrpHdr><MsgId>%1$s</MsgId><CreDtTm>2026-01-05T07:00:00Z</CreDtTm>\
        <NbOfTxs>%2$d</NbOfTxs><CtrlSum>%3$s</CtrlSum><InitgPty><Nm>Debtor</Nm></InitgPty></GrpHdr>
        <PmtInf><PmtInfId>%1$s-1</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>%2$d</NbOfTxs><CtrlSum>%3$s</CtrlSum>\
        <ReqdExctnDt><Dt>%4$s</Dt></ReqdExctnDt><Dbtr><Nm>Debtor</Nm></Dbtr>\
        <DbtrAcct><Id><IBAN>%5$s</IBAN></Id></DbtrAcct>\
        <DbtrAgt><FinInstnId><BICFI>QENXDEFF</BICFI></FinInstnId></DbtrAgt><ChrgBr>SLEV</ChrgBr>
        %6$s</PmtInf></CstmrCdtTrfInitn></Document>
        """.formatted(messageId, payments.size(), sum.toPlainString(), date, debtorIban, String.join("", payments));
  }
}
