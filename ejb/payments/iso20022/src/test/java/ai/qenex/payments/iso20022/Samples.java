package ai.qenex.payments.iso20022;

import java.nio.charset.StandardCharsets;

/** Documents to read in tests. */
final class Samples {

  static final String INITIATION = """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
        <CstmrCdtTrfInitn>
          <GrpHdr>
            <MsgId>SALARY-2027-02</MsgId>
            <CreDtTm>2027-02-26T08:00:00Z</CreDtTm>
            <NbOfTxs>2</NbOfTxs>
            <CtrlSum>350.75</CtrlSum>
            <InitgPty><Nm>Example AG</Nm></InitgPty>
          </GrpHdr>
          <PmtInf>
            <PmtInfId>GROUP-1</PmtInfId>
            <PmtMtd>TRF</PmtMtd>
            <BtchBookg>false</BtchBookg>
            <NbOfTxs>2</NbOfTxs>
            <CtrlSum>350.75</CtrlSum>
            <PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf>
            <ReqdExctnDt><Dt>2027-02-26</Dt></ReqdExctnDt>
            <Dbtr><Nm>Example AG</Nm></Dbtr>
            <DbtrAcct><Id><IBAN>DE31500998000000000001</IBAN></Id><Ccy>EUR</Ccy></DbtrAcct>
            <DbtrAgt><FinInstnId><BICFI>QENXDEFF</BICFI></FinInstnId></DbtrAgt>
            <ChrgBr>SLEV</ChrgBr>
            <CdtTrfTxInf>
              <PmtId><InstrId>I-1</InstrId><EndToEndId>E-1</EndToEndId></PmtId>
              <Amt><InstdAmt Ccy="EUR">100.25</InstdAmt></Amt>
              <CdtrAgt><FinInstnId><BICFI>DEUTDEFF</BICFI></FinInstnId></CdtrAgt>
              <Cdtr><Nm>Ann Other</Nm></Cdtr>
              <CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct>
              <RmtInf><Ustrd>Salary February</Ustrd></RmtInf>
            </CdtTrfTxInf>
            <CdtTrfTxInf>
              <PmtId><EndToEndId>E-2</EndToEndId><UETR>8a562c67-ca16-48ba-b074-65581be6f066</UETR></PmtId>
              <Amt><InstdAmt Ccy="EUR">250.50</InstdAmt></Amt>
              <CdtrAcct><Id><Othr><Id>savings.ann</Id></Othr></Id></CdtrAcct>
              <RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>
            </CdtTrfTxInf>
          </PmtInf>
        </CstmrCdtTrfInitn>
      </Document>
      """;

  /** The same in the older version. */
  static final String INITIATION_V03 = INITIATION.replace("pain.001.001.09", "pain.001.001.03")
      .replace("BICFI>", "BIC>").replace("<Dt>2027-02-26</Dt>", "2027-02-26")
      .replace("<UETR>8a562c67-ca16-48ba-b074-65581be6f066</UETR>", "");

  private Samples() {}

  static byte[] utf8(String document) {
    return document.getBytes(StandardCharsets.UTF_8);
  }
}
