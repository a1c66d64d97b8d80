package ai.qenex.payments.iso20022;

import ai.qenex.payments.StatusReason;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.ContentHandler;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * Reads pain.001 documents in UTF-8, without document type, external reference or entity of their own. Memory does not
 * depend on the document's length.
 */
public final class InitiationReader {

  private InitiationReader() {}

  /**
   * Validates a document and tells what it says. The receiver may have been told of a part of it when it turns out to
   * be unreadable.
   *
   * @return which message it is
   * @throws UnreadableDocumentException if it is not one of our profile, or longer than the given number of bytes
   * @throws IOException if the stream breaks
   */
  public static Iso20022Message validate(InputStream document, long maxBytes, InitiationReceiver receiver)
      throws UnreadableDocumentException, IOException {
    var gate = new ValidatingGate(receiver);
    try {
      parser(gate, gate).parse(new InputSource(new DocumentGuard(document, maxBytes)));
    } catch (ValidatingGate.EnoughException enough) {
      throw new UnreadableDocumentException(gate.faults());
    } catch (DocumentGuard.LimitException limit) {
      gate.refuse(limit.getMessage());
    } catch (CharConversionException | UnsupportedEncodingException notUtf8) {
      gate.refuse("not UTF-8");
    } catch (SAXException broken) {
      gate.refuse("not well-formed XML");
    }
    if (!gate.faults().isEmpty() || gate.message().isEmpty()) {
      throw new UnreadableDocumentException(gate.faults());
    }
    return gate.message().get();
  }

  /**
   * Reads a document that was found valid before, without validating it again.
   *
   * @throws UnreadableDocumentException if it is not the same any more
   * @throws IOException if the stream breaks
   */
  public static void read(InputStream document, InitiationReceiver receiver)
      throws UnreadableDocumentException, IOException {
    try {
      var gate = new ValidatingGate(receiver);
      parser(new InitiationRecords(receiver), gate).parse(new InputSource(document));
    } catch (SAXException changed) {
      throw new UnreadableDocumentException(List.of(new StatusReason("FF01", "/", "the stored document has changed")));
    }
  }

  private static XMLReader parser(ContentHandler content, ErrorHandler errors) throws SAXException {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      factory.setXIncludeAware(false);
      XMLReader parser = factory.newSAXParser().getXMLReader();
      parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      parser.setContentHandler(content);
      parser.setErrorHandler(errors);
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform's XML parser has no secure mode", e);
    }
  }
}
