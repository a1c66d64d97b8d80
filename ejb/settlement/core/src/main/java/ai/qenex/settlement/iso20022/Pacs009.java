package ai.qenex.settlement.iso20022;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.settlement.netting.SettlementPlan;
import ai.qenex.settlement.netting.SettlementPlan.Order;
import ai.qenex.settlement.netting.SettlementPlan.Payment;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A payment order between banks: {@code pacs.009.001.08}, FinancialInstitutionCreditTransfer. One message per net payer
 * of a clearing cycle, with one {@code CdtTrfTxInf} per bank it pays. The same order always gives the same bytes.
 */
public final class Pacs009 {

  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.009.001.08";
  /** ActiveCurrencyAndAmount: 18 digits, 5 of them behind the point, of an ISO 4217 code. */
  private static final int MAX_DIGITS = 18;
  private static final int MAX_DECIMALS = 5;
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final Bic runningBank;
  private final BusinessDate settlementDate;
  private final Instant createdAt;

  /** @param createdAt what the messages say in {@code CreDtTm}, cut to milliseconds */
  public Pacs009(Bic runningBank, BusinessDate settlementDate, Instant createdAt) {
    this.runningBank = runningBank;
    this.settlementDate = settlementDate;
    this.createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Whether the message can carry the order exactly; amounts of 19 digits or 6 decimals it cannot, nor assets that are
   * no currency.
   */
  public static boolean carries(Order order) {
    return fits(total(order)) && order.payments().stream().allMatch(payment -> fits(payment.amount()));
  }

  private static boolean fits(Money money) {
    BigDecimal value = money.toBigDecimal().stripTrailingZeros();
    return CURRENCY.matcher(money.asset().code()).matches()
        && value.scale() <= MAX_DECIMALS
        && value.precision() - Math.min(value.scale(), 0) <= MAX_DIGITS;
  }

  private static Money total(Order order) {
    Amount sum = Amount.ZERO;
    for (Payment payment : order.payments()) {
      sum = sum.plus(payment.amount().amount());
    }
    return new Money(sum, order.payments().get(0).amount().asset());
  }

  /**
   * The document as UTF-8.
   *
   * @throws IllegalArgumentException unless the message {@link #carries} the order
   */
  public byte[] write(Order order) {
    if (!carries(order)) {
      throw new IllegalArgumentException("pacs.009 cannot carry the exact amount of " + order.messageId());
    }
    var bytes = new ByteArrayOutputStream();
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      xml.setDefaultNamespace(NAMESPACE);
      xml.writeStartElement("Document");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeStartElement("FICdtTrf");
      writeHeader(xml, order);
      for (Payment payment : order.payments()) {
        writePayment(xml, order.payer(), payment);
      }
      xml.writeEndElement();
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing XML to memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private void writeHeader(XMLStreamWriter xml, Order order) throws XMLStreamException {
    xml.writeStartElement("GrpHdr");
    writeText(xml, "MsgId", order.messageId());
    writeText(xml, "CreDtTm", TIME.format(createdAt));
    writeText(xml, "NbOfTxs", Integer.toString(order.payments().size()));
    writeAmount(xml, "TtlIntrBkSttlmAmt", total(order));
    writeText(xml, "IntrBkSttlmDt", settlementDate.toString());
    xml.writeStartElement("SttlmInf");
    writeText(xml, "SttlmMtd", "CLRG");
    xml.writeStartElement("ClrSys");
    writeText(xml, "Prtry", "QENEX");
    xml.writeEndElement();
    xml.writeEndElement();
    writeBank(xml, "InstgAgt", order.payer());
    writeBank(xml, "InstdAgt", runningBank);
    xml.writeEndElement();
  }

  private void writePayment(XMLStreamWriter xml, Bic payer, Payment payment) throws XMLStreamException {
    xml.writeStartElement("CdtTrfTxInf");
    xml.writeStartElement("PmtId");
    writeText(xml, "InstrId", payment.id());
    writeText(xml, "EndToEndId", payment.id());
    writeText(xml, "TxId", payment.id());
    xml.writeEndElement();
    writeAmount(xml, "IntrBkSttlmAmt", payment.amount());
    writeText(xml, "IntrBkSttlmDt", settlementDate.toString());
    writeBank(xml, "Dbtr", payer);
    writeAccount(xml, "DbtrAcct", payer, payment.amount());
    writeBank(xml, "Cdtr", payment.payee());
    writeAccount(xml, "CdtrAcct", payment.payee(), payment.amount());
    xml.writeEndElement();
  }

  private static void writeBank(XMLStreamWriter xml, String name, Bic bank) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeStartElement("FinInstnId");
    writeText(xml, "BICFI", bank.code());
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void writeAccount(XMLStreamWriter xml, String name, Bic bank, Money amount) throws XMLStreamException {
    String asset = amount.asset().code();
    xml.writeStartElement(name);
    xml.writeStartElement("Id");
    xml.writeStartElement("Othr");
    writeText(xml, "Id",
        bank.equals(runningBank) ? SettlementPlan.clearingAlias(asset) : SettlementPlan.nostroAlias(bank, asset));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void writeAmount(XMLStreamWriter xml, String name, Money amount) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeAttribute("Ccy", amount.asset().code());
    BigDecimal value = amount.toBigDecimal();
    BigDecimal shown = value.scale() > MAX_DECIMALS ? value.setScale(MAX_DECIMALS) : value;
    xml.writeCharacters(shown.toPlainString());
    xml.writeEndElement();
  }

  private static void writeText(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
