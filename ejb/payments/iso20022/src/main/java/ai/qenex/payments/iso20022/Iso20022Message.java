package ai.qenex.payments.iso20022;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The messages we have a profile of. */
public enum Iso20022Message {
  PAIN_001_V09("pain.001.001.09"), PAIN_001_V03("pain.001.001.03"), PAIN_002_V10("pain.002.001.10"),
  CAMT_053_V08("camt.053.001.08");

  private static final String NAMESPACE_PREFIX = "urn:iso:std:iso:20022:tech:xsd:";
  private static final Map<Iso20022Message, Schema> SCHEMAS = new ConcurrentHashMap<>();

  private final String id;

  Iso20022Message(String id) {
    this.id = id;
  }

  /** The message identifier, such as {@code pain.001.001.09}. */
  public String id() {
    return id;
  }

  public String namespace() {
    return NAMESPACE_PREFIX + id;
  }

  /** The profile schema, compiled once. */
  public Schema schema() {
    return SCHEMAS.computeIfAbsent(this, Iso20022Message::compiled);
  }

  /** Whether a document of this message is an order that we take. */
  public boolean isInitiation() {
    return this == PAIN_001_V09 || this == PAIN_001_V03;
  }

  public static Optional<Iso20022Message> ofNamespace(String namespace) {
    for (Iso20022Message message : values()) {
      if (message.namespace().equals(namespace)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private Schema compiled() {
    try (InputStream profile = Iso20022Message.class.getResourceAsStream("profile/" + id + ".xsd")) {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return factory.newSchema(new StreamSource(profile));
    } catch (IOException | SAXException e) {
      throw new IllegalStateException("the profile schema of " + id + " is broken", e);
    }
  }
}
