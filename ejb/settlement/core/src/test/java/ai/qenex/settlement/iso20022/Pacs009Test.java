package ai.qenex.settlement.iso20022;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.settlement.ClearingCycle.Position;
import ai.qenex.settlement.netting.SettlementPlan;
import ai.qenex.settlement.netting.SettlementPlan.Order;
import ai.qenex.settlement.netting.SettlementPlan.Payment;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

class Pacs009Test {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset JPY = new Asset("JPY", 0);
  private static final Asset QXC = new Asset("QXC", 18);
  private static final Bic US = new Bic("QENXDEFF");
  private static final Bic B = new Bic("BBBBDEFF");
  private static final Bic C = new Bic("CCCCDEFF");
  private static final UUID CYCLE = UuidV7.of(1, 2, 3);
  private static final Pacs009 WRITER =
      new Pacs009(US, BusinessDate.parse("2027-03-01"), Instant.parse("2027-03-01T18:00:00.123456Z"));

  @Test
  void writesOneMessagePerNetPayerThatNamesItsTotal() {
    List<Order> orders = orders(EUR, -300_00, 100_00, 200_00);
    assertEquals(1, orders.size());
    String xml = new String(WRITER.write(orders.get(0)), StandardCharsets.UTF_8);
    assertTrue(xml.contains("<NbOfTxs>2</NbOfTxs><TtlIntrBkSttlmAmt Ccy=\"EUR\">300.00</TtlIntrBkSttlmAmt>"), xml);
    assertTrue(xml.contains("<CreDtTm>2027-03-01T18:00:00.123Z</CreDtTm>"), xml);
    assertTrue(xml.contains("<Othr><Id>nostro.BBBBDEFF.EUR</Id></Othr>"), xml);
    assertTrue(xml.contains("<Othr><Id>clearing.EUR</Id></Othr>"), xml);
  }

  @Test
  void writesTheSameOrderAsTheSameBytes() {
    Order order = orders(EUR, -1, 1, 0).get(0);
    assertArrayEquals(WRITER.write(order), WRITER.write(order));
  }

  @Test
  void carriesEighteenDigitsAndFiveDecimalsButNotMore() {
    assertTrue(Pacs009.carries(order(Money.parse("9999999999999999.99", EUR))));
    assertFalse(Pacs009.carries(order(Money.parse("10000000000000000.01", EUR))));
    assertTrue(Pacs009.carries(order(Money.parse("1.00001", QXC))));
    assertFalse(Pacs009.carries(order(Money.parse("1.000001", QXC))));
    assertTrue(Pacs009.carries(order(Money.parse("999999999999999999", JPY))));
    assertFalse(Pacs009.carries(order(Money.parse("1000000000000000000", JPY))));
    assertFalse(Pacs009.carries(order(Money.parse("1", new Asset("USDT", 6)))));
  }

  @Test
  void refusesToRoundWhatItCannotCarry() {
    Order order = order(Money.parse("1.000001", QXC));
    assertThrows(IllegalArgumentException.class, () -> WRITER.write(order));
  }

  @Test
  void everyMessageIsValidUnderTheOfficialSchema() throws Exception {
    Path schemas = Path.of("../../../../shared/fixtures/iso20022-xsd/pacs.009.001.08.xsd");
    assumeTrue(Files.isReadable(schemas), "skipped: the official ISO 20022 schemas are not at hand");
    validateAll(schemas.toUri().toURL());
  }

  @Test
  void everyMessageIsValidUnderOurProfile() throws Exception {
    validateAll(Pacs009Test.class.getResource("profile/pacs.009.001.08.xsd"));
  }

  @Test
  void ourProfileRefusesWhatWeDoNotWrite() throws Exception {
    Validator profile = validator(Pacs009Test.class.getResource("profile/pacs.009.001.08.xsd"));
    String xml = new String(WRITER.write(orders(EUR, -300, 100, 200).get(0)), StandardCharsets.UTF_8);
    for (String other : List.of(xml.replace("CLRG", "COVE"), xml.replace("Ccy=\"EUR\"", "Ccy=\"EURO\""),
        xml.replace(">3.00<", ">3.000001<"), xml.replace("<TxId>", "<UETR>").replace("</TxId>", "</UETR>"))) {
      assertThrows(SAXException.class, () -> profile.validate(new StreamSource(new StringReader(other))));
    }
  }

  private static Validator validator(URL schema) throws SAXException {
    return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(schema).newValidator();
  }

  private static void validateAll(URL schema) throws Exception {
    Validator validator = validator(schema);
    for (Asset asset : List.of(EUR, JPY)) {
      for (List<Order> orders : List.of(orders(asset, -300, 100, 200), orders(asset, 5, -3, -2),
          orders(asset, 0, -7, 7))) {
        for (Order order : orders) {
          validator.validate(new StreamSource(new ByteArrayInputStream(WRITER.write(order))));
        }
      }
    }
    validator.validate(new StreamSource(new ByteArrayInputStream(WRITER.write(order(Money.parse("1.00001", QXC))))));
  }

  private static Order order(Money amount) {
    return new Order("m1", B, List.of(new Payment("p1", C, amount)));
  }

  private static List<Order> orders(Asset asset, long b, long c, long us) {
    return SettlementPlan.of(CYCLE, US, List.of(position(B, b, asset), position(C, c, asset), position(US, us, asset)))
        .orders();
  }

  private static Position position(Bic bank, long net, Asset asset) {
    Money nothing = Money.ofMinorUnits(0, asset);
    Money amount = Money.ofMinorUnits(Math.abs(net), asset);
    return new Position(bank, net < 0 ? amount : nothing, net > 0 ? amount : nothing, Money.ofMinorUnits(net, asset));
  }
}
