package ai.qenex.launcher.demo;

import ai.qenex.kernel.Iban;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Looks into the payment files that the tests make. */
final class Xml {

  private Xml() {}

  static Document parse(byte[] document) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(document));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("not well-formed", e);
    }
  }

  /** Judges a payment file by the schema that the bank judges it by. */
  static void validate(byte[] document) {
    try {
      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(Xml.class.getResource("/ai/qenex/payments/iso20022/profile/pain.001.001.09.xsd"))
          .newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
    } catch (SAXException | IOException e) {
      throw new AssertionError("not a document of the profile: " + e.getMessage(), e);
    }
  }

  /** Text of the first element of the name. */
  static String text(Document document, String name) {
    return text(document.getDocumentElement(), name);
  }

  static String text(Element within, String name) {
    return within.getElementsByTagNameNS(SalaryFile.NAMESPACE, name).item(0).getTextContent();
  }

  static BigDecimal sum(Element within) {
    NodeList amounts = within.getElementsByTagNameNS(SalaryFile.NAMESPACE, "InstdAmt");
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < amounts.getLength(); i++) {
      Node amount = amounts.item(i);
      sum = sum.add(new BigDecimal(amount.getTextContent()));
    }
    return sum;
  }

  /** An IBAN of our bank for an alias: any, but always the same. */
  static String ibanOf(String alias) {
    String number = String.format("%010d", Integer.toUnsignedLong(alias.hashCode()) % 1_000_000_000L);
    return Iban.of("DE", "50099900" + number).value();
  }
}
