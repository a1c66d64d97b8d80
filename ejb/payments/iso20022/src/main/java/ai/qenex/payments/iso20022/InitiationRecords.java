package ai.qenex.payments.iso20022;

import ai.qenex.payments.initiation.AccountName;
import ai.qenex.payments.initiation.CreditTransfer;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Makes records of the events of a valid pain.001, either version: the texts of one header, group or transfer by their
 * path in it.
 */
final class InitiationRecords extends DefaultHandler {

  private static final int ROOT_DEPTH = 2;
  private static final int DATE_LENGTH = 10;

  private final InitiationReceiver receiver;
  private final StringBuilder path = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private Map<String, String> group = new HashMap<>();
  private Map<String, String> current = new HashMap<>();
  private InitiationGroup delivered;
  private int depth;
  private int groupNumber;
  private int transferNumber;
  private int index;

  InitiationRecords(InitiationReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public void startElement(String uri, String name, String qName, Attributes attributes) {
    depth++;
    if (depth == ROOT_DEPTH + 1) {
      path.setLength(0);
      current.clear();
      if (name.equals("PmtInf")) {
        groupNumber++;
        transferNumber = 0;
        delivered = null;
      }
    } else if (depth == ROOT_DEPTH + 2 && name.equals("CdtTrfTxInf")) {
      beginTransfer();
    } else if (depth > ROOT_DEPTH + 1) {
      if (!path.isEmpty()) {
        path.append('/');
      }
      path.append(name);
      if (attributes.getLength() > 0 && name.equals("InstdAmt")) {
        current.put("Ccy", attributes.getValue("Ccy"));
      }
    }
    text.setLength(0);
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  @Override
  public void endElement(String uri, String name, String qName) {
    if (depth == ROOT_DEPTH + 1) {
      if (name.equals("GrpHdr")) {
        receiver.header(header());
      }
    } else if (depth == ROOT_DEPTH + 2 && name.equals("CdtTrfTxInf")) {
      receiver.transfer(transfer());
      current.clear();
    } else if (depth > ROOT_DEPTH + 1) {
      if (!text.isEmpty()) {
        current.putIfAbsent(path.toString(), text.toString());
        text.setLength(0);
      }
      path.setLength(Math.max(0, path.lastIndexOf("/")));
    }
    depth--;
  }

  private void beginTransfer() {
    if (delivered == null) {
      Map<String, String> facts = current;
      current = group;
      group = facts;
      delivered = group();
      receiver.group(delivered);
    }
    current.clear();
    path.setLength(0);
    transferNumber++;
  }

  private InitiationHeader header() {
    return new InitiationHeader(current.get("MsgId"), current.get("CreDtTm").strip(),
        Long.parseLong(current.get("NbOfTxs")), sum(current.get("CtrlSum")),
        first("InitgPty/Id/OrgId/AnyBIC", "InitgPty/Id/OrgId/BICOrBEI", "InitgPty/Id/OrgId/LEI",
            "InitgPty/Id/OrgId/Othr/Id", "InitgPty/Id/PrvtId/Othr/Id", "InitgPty/Nm").orElse(""));
  }

  private InitiationGroup group() {
    String date =
        group.getOrDefault("ReqdExctnDt/Dt", group.getOrDefault("ReqdExctnDt/DtTm", group.get("ReqdExctnDt")));
    return new InitiationGroup(groupNumber, group.get("PmtInfId"), group.get("PmtMtd"),
        Optional.ofNullable(group.get("NbOfTxs")).map(Long::valueOf), sum(group.get("CtrlSum")),
        LocalDate.parse(date.strip().substring(0, DATE_LENGTH)), group.getOrDefault("Dbtr/Nm", ""),
        account(group, "DbtrAcct/Id/"), agent(group, "DbtrAgt/FinInstnId/"), Optional.ofNullable(group.get("ChrgBr")));
  }

  private CreditTransfer transfer() {
    return new CreditTransfer(groupNumber, transferNumber, index++, Optional.ofNullable(current.get("PmtId/InstrId")),
        current.get("PmtId/EndToEndId"), Optional.ofNullable(current.get("PmtId/UETR")),
        current.get("Amt/InstdAmt").strip(),
        current.get("Ccy"), Optional.ofNullable(current.get("ChrgBr")), agent(current, "CdtrAgt/FinInstnId/"),
        current.getOrDefault("Cdtr/Nm", ""), account(current, "CdtrAcct/Id/"),
        first("RmtInf/Ustrd", "RmtInf/Strd/CdtrRefInf/Ref"));
  }

  private Optional<String> first(String... paths) {
    for (String each : paths) {
      String found = current.get(each);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Optional<AccountName> account(Map<String, String> texts, String prefix) {
    String iban = texts.get(prefix + "IBAN");
    return iban != null
        ? Optional.of(AccountName.iban(iban))
        : Optional.ofNullable(texts.get(prefix + "Othr/Id")).map(AccountName::other);
  }

  private static Optional<String> agent(Map<String, String> texts, String prefix) {
    return Optional.ofNullable(texts.getOrDefault(prefix + "BICFI", texts.get(prefix + "BIC")));
  }

  private static Optional<BigDecimal> sum(String text) {
    return Optional.ofNullable(text).map(String::strip).map(BigDecimal::new);
  }
}
