package ai.qenex.payments.iso20022;

import ai.qenex.payments.PaymentFiles.Receipt.Unreadable;
import ai.qenex.payments.StatusReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.Attributes;
import org.xml.sax.ErrorHandler;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.Locator2;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Passes a document's events through the validator of its message to the records, as long as nothing is wrong with it;
 * knows where in the document it is, so that each fault is told with path and line.
 */
final class ValidatingGate extends DefaultHandler implements ErrorHandler {

  private static final int MAX_TEXT = 16 * 1024;
  private static final List<String> HARMLESS = List.of("schemaLocation", "noNamespaceSchemaLocation");

  /** Ends the parsing when enough is known. */
  static final class EnoughException extends SAXException {}

  private final List<StatusReason> faults = new ArrayList<>();
  private final ElementPath path = new ElementPath();
  private final InitiationRecords records;
  private Iso20022Message message;
  private ValidatorHandler validator;
  private Locator locator;
  private int textLength;

  ValidatingGate(InitiationReceiver receiver) {
    records = new InitiationRecords(receiver);
  }

  List<StatusReason> faults() {
    return faults;
  }

  Optional<Iso20022Message> message() {
    return Optional.ofNullable(message);
  }

  void refuse(String detail) {
    refuse(detail, locator == null ? 0 : locator.getLineNumber());
  }

  private void refuse(String detail, int line) {
    if (faults.size() < Unreadable.MAX_FAULTS) {
      faults.add(new StatusReason("FF01", path.toString(), "line " + Math.max(line, 1) + ": " + detail));
    }
  }

  @Override
  public void setDocumentLocator(Locator where) {
    locator = where;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) throws SAXException {
    path.enter(name);
    textLength = 0;
    if (path.depth() > ElementPath.MAX_DEPTH) {
      throw end("elements are nested too deep");
    }
    for (int i = 0; i < attributes.getLength(); i++) {
      if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i))
          && !HARMLESS.contains(attributes.getLocalName(i))) {
        throw end("the attribute xsi:" + attributes.getLocalName(i) + " is not allowed");
      }
    }
    if (validator == null) {
      open(uri, name);
    }
    validator.startElement(uri, name, qName, attributes);
  }

  private void open(String uri, String name) throws SAXException {
    if (locator instanceof Locator2 where && !"UTF-8".equalsIgnoreCase(where.getEncoding())) {
      throw end("not UTF-8");
    }
    message = Iso20022Message.ofNamespace(uri).filter(Iso20022Message::isInitiation).orElse(null);
    if (message == null || !name.equals("Document")) {
      throw end("not a Document of pain.001.001.09 or pain.001.001.03");
    }
    validator = message.schema().newValidatorHandler();
    validator.setErrorHandler(this);
    validator.setContentHandler(new WhileFaultless());
    validator.setDocumentLocator(locator);
    validator.startDocument();
  }

  @Override
  public void characters(char[] text, int start, int length) throws SAXException {
    textLength += length;
    if (textLength > MAX_TEXT) {
      throw end("the text is longer than " + MAX_TEXT + " characters");
    }
    validator.characters(text, start, length);
  }

  @Override
  public void endElement(String uri, String name, String qName) throws SAXException {
    validator.endElement(uri, name, qName);
    path.leave();
    textLength = 0;
  }

  @Override
  public void endDocument() throws SAXException {
    validator.endDocument();
  }

  @Override
  public void warning(SAXParseException warning) {
    // nothing in a document depends on it
  }

  @Override
  public void error(SAXParseException violation) throws SAXException {
    String sentence = Violation.sentence(String.valueOf(violation.getMessage()));
    if (!sentence.isEmpty()) {
      refuse(sentence, violation.getLineNumber());
    }
    if (faults.size() >= Unreadable.MAX_FAULTS) {
      throw new EnoughException();
    }
  }

  @Override
  public void fatalError(SAXParseException broken) throws SAXException {
    boolean doctype = String.valueOf(broken.getMessage()).contains("DOCTYPE");
    refuse(doctype ? "a document type declaration is not allowed" : "not well-formed XML", broken.getLineNumber());
    throw new EnoughException();
  }

  private EnoughException end(String detail) {
    refuse(detail);
    return new EnoughException();
  }

  /** Records are made of valid content only: they rely on its forms. */
  private final class WhileFaultless extends DefaultHandler {

    @Override
    public void startElement(String uri, String name, String qName, Attributes attributes) {
      if (faults.isEmpty()) {
        records.startElement(uri, name, qName, attributes);
      }
    }

    @Override
    public void characters(char[] text, int start, int length) {
      if (faults.isEmpty()) {
        records.characters(text, start, length);
      }
    }

    @Override
    public void endElement(String uri, String name, String qName) {
      if (faults.isEmpty()) {
        records.endElement(uri, name, qName);
      }
    }
  }
}
