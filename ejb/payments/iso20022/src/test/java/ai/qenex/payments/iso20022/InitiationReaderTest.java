package ai.qenex.payments.iso20022;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.payments.StatusReason;
import ai.qenex.payments.initiation.AccountName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitiationReaderTest {

  private static final String GROUP = "/Document/CstmrCdtTrfInitn/PmtInf[1]";
  private static final long MAX_BYTES = 10_000_000;

  @Test
  void readsWhatAnInitiationSays() throws Exception {
    var receiver = new RecordingReceiver();
    assertEquals(Iso20022Message.PAIN_001_V09, validate(Samples.INITIATION, receiver));
    var header = receiver.headers.get(0);
    assertEquals("SALARY-2027-02", header.messageId());
    assertEquals(2, header.declaredCount());
    assertEquals(Optional.of(new BigDecimal("350.75")), header.controlSum());
    assertEquals("Example AG", header.initiatingParty());
    var group = receiver.groups.get(0);
    assertEquals("GROUP-1", group.id());
    assertEquals(LocalDate.of(2027, 2, 26), group.executionDate());
    assertEquals(Optional.of(AccountName.iban("DE31500998000000000001")), group.debtorAccount());
    assertEquals(Optional.of("QENXDEFF"), group.debtorAgent());
    var first = receiver.transfers.get(0);
    assertEquals(GROUP + "/CdtTrfTxInf[1]", first.path());
    assertEquals("100.25", first.amount());
    assertEquals("EUR", first.currency());
    assertEquals(Optional.of("DEUTDEFF"), first.creditorAgent());
    assertEquals("Ann Other", first.creditorName());
    assertEquals(Optional.of("Salary February"), first.remittance());
    var second = receiver.transfers.get(1);
    assertEquals(1, second.index());
    assertEquals(Optional.of(AccountName.other("savings.ann")), second.creditorAccount());
    assertEquals(Optional.of("RF18539007547034"), second.remittance());
    assertEquals(Optional.of("8a562c67-ca16-48ba-b074-65581be6f066"), second.uetr());
    assertEquals(Optional.empty(), second.instructionId());
  }

  @Test
  void readsTheOlderVersionToTheSameRecords() throws Exception {
    var older = new RecordingReceiver();
    var newer = new RecordingReceiver();
    assertEquals(Iso20022Message.PAIN_001_V03, validate(Samples.INITIATION_V03, older));
    validate(Samples.INITIATION.replace("<UETR>8a562c67-ca16-48ba-b074-65581be6f066</UETR>", ""), newer);
    assertEquals(newer.told, older.told);
  }

  @Test
  void readsAgainWithoutValidatingToTheSameRecords() throws Exception {
    var validated = new RecordingReceiver();
    var read = new RecordingReceiver();
    validate(Samples.INITIATION, validated);
    InitiationReader.read(stream(Samples.INITIATION), read);
    assertEquals(validated.told, read.told);
  }

  @Test
  void readsPrefixedNames() throws Exception {
    String prefixed =
        Samples.INITIATION.replace("</", "</p:").replaceAll("<(?=[A-Z])", "<p:").replace("xmlns=", "xmlns:p=");
    var receiver = new RecordingReceiver();
    validate(prefixed, receiver);
    assertEquals(2, receiver.transfers.size());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      <NbOfTxs>2</NbOfTxs>            | <NbOfTxs>two</NbOfTxs>           | GrpHdr/NbOfTxs
      <MsgId>SALARY-2027-02</MsgId>   |                                  | GrpHdr/CreDtTm
      <PmtMtd>TRF</PmtMtd>            | <PmtMtd>DD</PmtMtd>              | PmtInf[1]/PmtMtd
      <Dt>2027-02-26</Dt>             | <Dt>2027-02-30</Dt>              | PmtInf[1]/ReqdExctnDt/Dt
      DE31500998000000000001          | de31                             | PmtInf[1]/DbtrAcct/Id/IBAN
      QENXDEFF                        | QENX                             | PmtInf[1]/DbtrAgt/FinInstnId/BICFI
      <ChrgBr>SLEV</ChrgBr>           | <ChrgBr>FREE</ChrgBr>            | PmtInf[1]/ChrgBr
      100.25                          | 100.123456                       | PmtInf[1]/CdtTrfTxInf[1]/Amt/InstdAmt
      250.50                          | -250.50                          | PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt
      250.50                          | 1e3                              | PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt
      Ccy="EUR">250.50                | >250.50                          | PmtInf[1]/CdtTrfTxInf[2]/Amt/InstdAmt
      <Cdtr><Nm>Ann Other</Nm></Cdtr> | <Cdtr><Name>Ann</Name></Cdtr>    | PmtInf[1]/CdtTrfTxInf[1]/Cdtr/Name
      <EndToEndId>E-2</EndToEndId>    | <EndToEndId></EndToEndId>        | PmtInf[1]/CdtTrfTxInf[2]/PmtId/EndToEndId
      <Ustrd>Salary February</Ustrd>  | <Ustrd>a</Ustrd><Ustrd>b</Ustrd> | PmtInf[1]/CdtTrfTxInf[1]/RmtInf/Ustrd[2]
      """)
  void refusesMutantsWithTheirPath(String from, String to, String path) {
    List<StatusReason> faults = refusal(Samples.INITIATION.replace(from.strip(), to == null ? "" : to.strip()));
    assertEquals("/Document/CstmrCdtTrfInitn/" + path, faults.get(0).path());
    assertEquals("FF01", faults.get(0).code());
    assertTrue(faults.get(0).detail().startsWith("line "), faults::toString);
  }

  @Test
  void saysTheLineOfAFault() {
    StatusReason fault = refusal(Samples.INITIATION.replace("<PmtMtd>TRF", "<PmtMtd>XXX")).get(0);
    assertEquals("line 13: the value is none of the codes that are allowed", fault.detail());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not xml", "<a/>", "<Document/>",
      "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"/>",
      "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
      "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><a>&b;</a>",
      "<?xml version=\"1.0\"?><!DOCTYPE Document SYSTEM \"http://127.0.0.1:1/x.dtd\"><Document/>"})
  void refusesWhatIsNoInitiation(String document) {
    assertEquals("FF01", refusal(document).get(0).code());
  }

  @Test
  void namesDocumentTypeDeclarationsAsTheFault() {
    assertTrue(refusal("<!DOCTYPE a []><a/>").get(0).detail().contains("document type declaration"));
  }

  @Test
  void refusesTypesTakenFromTheSchema() {
    String sneaky = Samples.INITIATION.replace("<Nm>Ann Other</Nm>",
        "<Nm xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"TextOf35\">Ann</Nm>");
    assertTrue(refusal(sneaky).get(0).detail().contains("xsi:type"));
  }

  @Test
  void namesAtMostTwentyFaults() {
    String bad =
        Samples.INITIATION.replace("<EndToEndId>E-2</EndToEndId>", "<EndToEndId></EndToEndId>" + "<X/>".repeat(100));
    String worse =
        bad.replaceFirst("<CdtTrfTxInf>", "<CdtTrfTxInf><PmtId/></CdtTrfTxInf>".repeat(100) + "<CdtTrfTxInf>");
    assertEquals(20, refusal(worse).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEXT", "COMMENT", "ATTRIBUTE", "CDATA", "INSTRUCTION", "DEPTH", "NAME", "PIECES"})
  void refusesDocumentsThatWouldFillMemory(String what) {
    String huge = "x".repeat(200_000);
    String inside = switch (what) {
      case "TEXT" -> huge;
      case "COMMENT" -> "<!-- " + huge + " -->";
      case "ATTRIBUTE" -> "<a b='" + huge + "'/>";
      case "CDATA" -> "<![CDATA[" + huge + "]]>";
      case "INSTRUCTION" -> "<?a " + huge + "?>";
      case "DEPTH" -> "<a>".repeat(10_000);
      case "NAME" -> "<" + huge + "/>";
      default -> "x<!-- -->".repeat(50_000);
    };
    String document = Samples.INITIATION.replace("<Nm>Ann Other</Nm>", "<Nm>" + inside + "</Nm>");
    assertEquals("FF01", refusal(document).get(0).code());
  }

  @Test
  void refusesDocumentsThatAreTooLong() {
    var refused = assertThrows(UnreadableDocumentException.class,
        () -> InitiationReader.validate(stream(Samples.INITIATION), 1_000, new RecordingReceiver()));
    assertTrue(refused.faults().get(0).detail().contains("longer than 1000 bytes"));
  }

  @Test
  void refusesOtherEncodings() {
    var latin1 = Samples.INITIATION.replace("Ann Other", "Jos\u00e9").getBytes(StandardCharsets.ISO_8859_1);
    var refused = assertThrows(UnreadableDocumentException.class,
        () -> InitiationReader.validate(new ByteArrayInputStream(latin1), MAX_BYTES, new RecordingReceiver()));
    assertEquals("FF01", refused.faults().get(0).code());
  }

  @Test
  void answersEveryMutantWithARefusalOrRecordsInBoundedTime() {
    assertTimeout(Duration.ofSeconds(60), () -> {
      int refused = 0;
      for (int seed = 0; seed < 2_000; seed++) {
        byte[] mutant = mutant(new Random(seed));
        try {
          InitiationReader.validate(new ByteArrayInputStream(mutant), MAX_BYTES, new RecordingReceiver());
        } catch (UnreadableDocumentException expected) {
          refused++;
          assertTrue(!expected.faults().isEmpty(), "a refusal says why");
        }
      }
      assertTrue(refused > 1_000, "most mutants are refused: " + refused);
    });
  }

  @ParameterizedTest
  @EnumSource(names = {"PAIN_001_V09", "PAIN_001_V03"})
  void acceptsWhatItsProfileDescribes(Iso20022Message message) throws Exception {
    var documents = new RandomDocument(message, 1);
    for (int i = 0; i < 200; i++) {
      String document = documents.next();
      assertEquals(message, validate(document, new RecordingReceiver()), document);
    }
  }

  @Test
  void acceptsOnlyWhatTheOfficialDefinitionAccepts() throws Exception {
    var official = OfficialSchemas.of(Iso20022Message.PAIN_001_V09);
    assertEquals(Optional.empty(), OfficialSchemas.complaint(official, Samples.utf8(Samples.INITIATION)));
    var documents = new RandomDocument(Iso20022Message.PAIN_001_V09, 2);
    for (int i = 0; i < 500; i++) {
      String document = documents.next();
      assertEquals(Optional.empty(), OfficialSchemas.complaint(official, Samples.utf8(document)), document);
    }
    for (int seed = 0; seed < 2_000; seed++) {
      byte[] mutant = mutant(new Random(seed));
      if (isAccepted(mutant)) {
        assertEquals(Optional.empty(), OfficialSchemas.complaint(official, mutant),
            new String(mutant, StandardCharsets.UTF_8));
      }
    }
  }

  private static boolean isAccepted(byte[] document) throws IOException {
    try {
      InitiationReader.validate(new ByteArrayInputStream(document), MAX_BYTES, new RecordingReceiver());
      return true;
    } catch (UnreadableDocumentException refused) {
      return false;
    }
  }

  private static byte[] mutant(Random random) {
    byte[] bytes = Samples.utf8(Samples.INITIATION);
    String[] nasty = {"<!DOCTYPE x>", "&lt;", "&#0;", "&#x1F600;", "\u0000", "<![CDATA[", "]]>", "-->", "<!--",
        "<?xml?>", "<a", "/>", "\"", "'", "&x;",
        "\uFFFF", "9".repeat(30), "<PmtInf>", "</PmtInf>", "xmlns:a=\"b\"", "xsi:nil=\"true\""};
    for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
      int at = random.nextInt(bytes.length);
      byte[] insert = switch (random.nextInt(4)) {
        case 0 -> new byte[] {(byte) random.nextInt(256)};
        case 1 -> Samples.utf8(nasty[random.nextInt(nasty.length)]);
        case 2 -> java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(60)));
        default -> new byte[0];
      };
      int cut = Math.min(bytes.length - at, random.nextInt(3) == 0 ? random.nextInt(40) : random.nextInt(2));
      var result = new java.io.ByteArrayOutputStream();
      result.write(bytes, 0, at);
      result.writeBytes(insert);
      result.write(bytes, at + cut, bytes.length - at - cut);
      bytes = result.toByteArray();
    }
    return bytes;
  }

  private static List<StatusReason> refusal(String document) {
    return assertThrows(UnreadableDocumentException.class, () -> validate(document, new RecordingReceiver())).faults();
  }

  private static Iso20022Message validate(String document, InitiationReceiver receiver) throws Exception {
    return InitiationReader.validate(stream(document), MAX_BYTES, receiver);
  }

  private static ByteArrayInputStream stream(String document) {
    return new ByteArrayInputStream(Samples.utf8(document));
  }
}
