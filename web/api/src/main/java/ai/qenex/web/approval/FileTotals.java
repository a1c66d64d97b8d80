package ai.qenex.web.approval;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.InvalidAmountException;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Accounts;
import ai.qenex.security.OperationFigures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The sums of a pain.001 by asset: of all its {@code InstdAmt}, whatever its control sums say. A file that cannot be
 * summed up counts as more than any sum.
 */
final class FileTotals extends DefaultHandler {

  private static final int MAX_DIGITS = 60;

  private final Accounts accounts;
  private final Map<String, Money> totals = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private String currency = "";
  private boolean open;

  private FileTotals(Accounts accounts) {
    this.accounts = accounts;
  }

  static OperationFigures of(byte[] file, Accounts accounts) {
    var totals = new FileTotals(accounts);
    try {
      SAXParserFactory factory = SAXParserFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.newSAXParser().parse(new ByteArrayInputStream(file), totals);
    } catch (SAXException | IOException | ParserConfigurationException e) {
      return OperationFigures.ofOpenAmount(false);
    }
    return new OperationFigures(new ArrayList<>(totals.totals.values()), totals.open, false, "");
  }

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    text.setLength(0);
    if (name.equals("InstdAmt")) {
      currency = attributes.getValue("Ccy") == null ? "" : attributes.getValue("Ccy");
    } else if (name.equals("EqvtAmt")) {
      open = true;
    }
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    if (text.length() < MAX_DIGITS) {
      text.append(characters, start, length);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    if (name.equals("InstdAmt")) {
      add(text.toString().strip());
    }
  }

  private void add(String amount) {
    try {
      Asset asset = accounts.asset(currency).orElse(null);
      if (asset == null) {
        open = true;
        return;
      }
      totals.merge(currency, Money.parse(amount, asset), Money::plus);
    } catch (InvalidAmountException | ArithmeticException e) {
      open = true;
    }
  }

  /** Nothing outside of the file is read. */
  @Override
  public org.xml.sax.InputSource resolveEntity(String publicId, String systemId) {
    return new org.xml.sax.InputSource(new ByteArrayInputStream(new byte[0]));
  }
}
