package ai.qenex.payments.iso20022;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Makes documents at random that a profile schema describes: every optional element comes and goes, every choice is
 * taken.
 */
final class RandomDocument {

  private static final String XS = "http://www.w3.org/2001/XMLSchema";
  private static final Map<String, List<String>> PATTERNS = Map.ofEntries(
      Map.entry("Iban", List.of("DE89370400440532013000", "GB29NWBK60161331926819", "NL91ABNA0417164300")),
      Map.entry("Bic", List.of("DEUTDEFF", "BNPAFRPPXXX", "QENXDEFF")),
      Map.entry("Lei", List.of("529900T8BM49AURSDO55")),
      Map.entry("Country", List.of("DE", "FR")), Map.entry("Phone", List.of("+49-301234", "+1-(212)5550100")),
      Map.entry("Uetr", List.of("8a562c67-ca16-48ba-b074-65581be6f066")),
      Map.entry("CurrencyCode", List.of("EUR", "USD")),
      Map.entry("Count", List.of("1", "007", "999999999999999")),
      Map.entry("Sum", List.of("1", "12.50", "-3.00", "+0.5", " 7. ")),
      Map.entry("AmountValue", List.of("0", "1", "12.50", "0.00001", "+5", ".5", "9999999999999.99999", "00012.500")),
      Map.entry("CalendarDate", List.of("2027-02-28", "2028-02-29Z", "2027-01-01+02:00", " 2027-01-04 ")),
      Map.entry("Moment", List.of("2027-02-28T09:30:00", "2027-02-28T09:30:00.125Z", "2027-02-28T09:30:00-05:00")));

  private final Map<String, Element> types = new HashMap<>();
  private final Element root;
  private final String namespace;
  private final Random random;

  RandomDocument(Iso20022Message message, long seed) {
    random = new Random(seed);
    namespace = message.namespace();
    Element schema = parse(message).getDocumentElement();
    Element first = null;
    for (Element child : children(schema)) {
      if (child.getLocalName().equals("element")) {
        first = child;
      } else {
        types.put(child.getAttribute("name"), child);
      }
    }
    root = first;
  }

  String next() {
    var out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"").append(namespace)
        .append("\">");
    content(children(root).get(0), out);
    return out.append("</Document>").toString();
  }

  private void content(Element type, StringBuilder out) {
    for (Element part : children(type)) {
      switch (part.getLocalName()) {
        case "sequence" -> children(part).forEach(each -> repeat(each, out));
        case "choice" -> {
          List<Element> choices = children(part);
          element(choices.get(random.nextInt(choices.size())), out);
        }
        default -> out.append(value(part));
      }
    }
  }

  private void repeat(Element element, StringBuilder out) {
    int least = element.hasAttribute("minOccurs") ? Integer.parseInt(element.getAttribute("minOccurs")) : 1;
    String most = element.hasAttribute("maxOccurs") ? element.getAttribute("maxOccurs") : "1";
    int limit = most.equals("unbounded") ? 3 : Integer.parseInt(most);
    int count = least + (limit > least ? random.nextInt(limit - least + 1) : 0);
    for (int i = 0; i < count; i++) {
      element(element, out);
    }
  }

  private void element(Element element, StringBuilder out) {
    String name = element.getAttribute("name");
    String typeName = element.getAttribute("type");
    Element type = types.get(typeName);
    out.append('<').append(name);
    if (typeName.equals("Amount")) {
      out.append(" Ccy=\"").append(pick(PATTERNS.get("CurrencyCode"))).append("\">")
          .append(pick(PATTERNS.get("AmountValue")));
    } else if (type == null) {
      out.append('>').append(random.nextBoolean() ? "true" : "0");
    } else if (type.getLocalName().equals("simpleType")) {
      out.append('>').append(value(type));
    } else {
      out.append('>');
      content(type, out);
    }
    out.append("</").append(name).append('>');
  }

  private String value(Element simpleType) {
    String name = simpleType.getAttribute("name");
    if (PATTERNS.containsKey(name)) {
      return pick(PATTERNS.get(name));
    }
    var codes = new ArrayList<String>();
    int maxLength = 1;
    for (Element facet : children(children(simpleType).get(0))) {
      if (facet.getLocalName().equals("enumeration")) {
        codes.add(facet.getAttribute("value"));
      } else if (facet.getLocalName().equals("maxLength")) {
        maxLength = Math.min(200, Integer.parseInt(facet.getAttribute("value")));
      }
    }
    return codes.isEmpty() ? text(1 + random.nextInt(maxLength)) : pick(codes);
  }

  private String text(int length) {
    String alphabet = "ABCxyz019 -/.:\u00e9\u00df\u0416";
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static List<Element> children(Element parent) {
    var list = new ArrayList<Element>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && XS.equals(element.getNamespaceURI())) {
        list.add(element);
      }
    }
    return list;
  }

  private static Document parse(Iso20022Message message) {
    try (InputStream profile = Iso20022Message.class.getResourceAsStream("profile/" + message.id() + ".xsd")) {
      var builder = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder();
      builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
      return builder.parse(profile);
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
