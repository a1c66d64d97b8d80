package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.launcher.demo.StatusReport.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusReportTest {

  @Test
  void readsEveryTransactionAndItsReason() {
    String document = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <OrgnlGrpInfAndSts><OrgnlMsgId>M</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>
        <TxInfAndSts><OrgnlEndToEndId>A</OrgnlEndToEndId><TxSts>ACSC</TxSts></TxInfAndSts>
        <TxInfAndSts><OrgnlEndToEndId>B</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn>
        <AddtlInf>no such account</AddtlInf></StsRsnInf></TxInfAndSts>
        </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
        """;
    StatusReport report = StatusReport.parse(document.getBytes(StandardCharsets.UTF_8));
    assertEquals("PART", report.groupStatus());
    assertEquals(List.of(new Verdict("A", "ACSC", ""), new Verdict("B", "RJCT", "AC01")), report.transactions());
    assertEquals(List.of("booked", "AC01"), report.transactions().stream().map(Verdict::outcome).toList());
  }

  @Test
  void saysWhenItIsNoXml() {
    assertThrows(DemoFaultException.class, () -> StatusReport.parse("{}".getBytes(StandardCharsets.UTF_8)));
  }
}
