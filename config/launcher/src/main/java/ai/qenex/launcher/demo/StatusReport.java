package ai.qenex.launcher.demo;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the bank reports about a payment file: the transactions of a pain.002.001.10.
 *
 * @param groupStatus {@code OrgnlGrpInfAndSts/GrpSts}, empty text if there is none
 * @param transactions in the order of the report
 */
record StatusReport(String groupStatus, List<Verdict> transactions) {

  StatusReport {
    transactions = List.copyOf(transactions);
  }

  /**
   * One {@code TxInfAndSts}.
   *
   * @param status such as ACSC or RJCT
   * @param reason ISO code, empty text if it gives none
   */
  record Verdict(String endToEndId, String status, String reason) {

    boolean isRefused() {
      return status.equals("RJCT");
    }

    /** The reason of a refusal, else how far it got: booked, clearing, or the ISO status if it is another one. */
    String outcome() {
      return switch (status) {
        case "RJCT" -> reason;
        case "ACSC" -> "booked";
        case "ACSP" -> "clearing";
        default -> status;
      };
    }
  }

  static StatusReport parse(byte[] document) {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      String groupStatus = "";
      List<Verdict> transactions = new ArrayList<>();
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamReader.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "GrpSts" -> groupStatus = xml.getElementText();
            case "TxInfAndSts" -> transactions.add(verdict(xml));
            default -> {
              continue;
            }
          }
        }
      }
      return new StatusReport(groupStatus, transactions);
    } catch (XMLStreamException e) {
      throw new DemoFaultException("the status report is no well-formed XML: " + e.getMessage(), e);
    }
  }

  private static Verdict verdict(XMLStreamReader xml) throws XMLStreamException {
    String endToEndId = "";
    String status = "";
    String reason = "";
    while (xml.next() != XMLStreamReader.END_ELEMENT || !xml.getLocalName().equals("TxInfAndSts")) {
      if (xml.isStartElement()) {
        switch (xml.getLocalName()) {
          case "OrgnlEndToEndId" -> endToEndId = xml.getElementText();
          case "TxSts" -> status = xml.getElementText();
          case "Cd" -> reason = xml.getElementText();
          default -> {
            continue;
          }
        }
      }
    }
    return new Verdict(endToEndId, status, reason);
  }
}
