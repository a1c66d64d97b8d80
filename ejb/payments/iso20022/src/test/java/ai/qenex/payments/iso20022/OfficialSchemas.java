package ai.qenex.payments.iso20022;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/**
 * The official ISO 20022 definitions, which are no part of the project: looked for in the folder that system property
 * {@code qenex.iso20022.xsd} or variable {@code QENEX_ISO20022_XSD} names, else beside the project. Tests that need
 * them are reported as skipped where they are missing.
 */
final class OfficialSchemas {

  private OfficialSchemas() {}

  static Schema of(Iso20022Message message) {
    Path file = folder().resolve(message.id() + ".xsd");
    assumeTrue(Files.isRegularFile(file),
        "skipped: no official schema of " + message.id() + "; name their folder by qenex.iso20022.xsd");
    try {
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      return factory.newSchema(file.toFile());
    } catch (SAXException e) {
      throw new IllegalStateException(file + " is no schema", e);
    }
  }

  /** The first complaint about a document. */
  static Optional<String> complaint(Schema schema, byte[] document) {
    try {
      schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(document)));
      return Optional.empty();
    } catch (SAXException e) {
      return Optional.of(e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path folder() {
    String named = System.getProperty("qenex.iso20022.xsd", System.getenv("QENEX_ISO20022_XSD"));
    if (named != null) {
      return Path.of(named);
    }
    Path root = Path.of("").toAbsolutePath();
    while (root.getParent() != null && !Files.isDirectory(root.resolve("ejb/kernel"))) {
      root = root.getParent();
    }
    return root.resolve("../shared/fixtures/iso20022-xsd").normalize();
  }
}
