package ai.qenex.payments.iso20022;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes one document in UTF-8, element by element; characters that XML cannot carry become question marks. */
final class XmlOut implements AutoCloseable {

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final XMLStreamWriter writer;

  /** Opens {@code Document} and its one child. */
  XmlOut(OutputStream target, Iso20022Message message, String root) {
    try {
      writer = FACTORY.createXMLStreamWriter(target, StandardCharsets.UTF_8.name());
      writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      writer.writeStartElement("Document");
      writer.writeDefaultNamespace(message.namespace());
      writer.writeStartElement(root);
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  /** Opens elements, each inside the one before. */
  XmlOut open(String... names) {
    try {
      for (String name : names) {
        writer.writeStartElement(name);
      }
      return this;
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  XmlOut shut(int levels) {
    try {
      for (int i = 0; i < levels; i++) {
        writer.writeEndElement();
      }
      return this;
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  XmlOut leaf(String name, String text) {
    try {
      writer.writeStartElement(name);
      writer.writeCharacters(writable(text));
      writer.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  XmlOut amount(String name, String currency, String decimal) {
    try {
      writer.writeStartElement(name);
      writer.writeAttribute("Ccy", currency);
      writer.writeCharacters(decimal);
      writer.writeEndElement();
      return this;
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  XmlOut moment(String name, Instant at) {
    return leaf(name, at.truncatedTo(ChronoUnit.MILLIS).toString());
  }

  @Override
  public void close() {
    try {
      writer.writeEndDocument();
      writer.flush();
      writer.close();
    } catch (XMLStreamException e) {
      throw new DocumentWriteException(e);
    }
  }

  static String writable(String text) {
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      if (!isXml(c)) {
        return cleaned(text);
      }
      i += Character.charCount(c);
    }
    return text;
  }

  private static String cleaned(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(isXml(c) ? c : '?'));
    return clean.toString();
  }

  /** Production Char of XML 1.0, without carriage return, which a reader would turn into a line feed. */
  private static boolean isXml(int c) {
    return c == '\t' || c == '\n' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
  }
}
