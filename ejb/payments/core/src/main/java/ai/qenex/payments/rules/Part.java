package ai.qenex.payments.rules;

/** The part of an order that a rule looked at, by the names of both languages that orders are written in. */
public enum Part {
  WHOLE(Level.TRANSFER, "", ""),
  MESSAGE_ID(Level.HEADER, "/GrpHdr/MsgId", ""),
  FILE_COUNT(Level.HEADER, "/GrpHdr/NbOfTxs", ""),
  FILE_SUM(Level.HEADER, "/GrpHdr/CtrlSum", ""),
  GROUP_ID(Level.GROUP, "/PmtInfId", ""),
  GROUP_COUNT(Level.GROUP, "/NbOfTxs", ""),
  GROUP_SUM(Level.GROUP, "/CtrlSum", ""),
  METHOD(Level.GROUP, "/PmtMtd", ""),
  EXECUTION_DATE(Level.GROUP, "/ReqdExctnDt", "/executionDate"),
  DEBTOR_NAME(Level.GROUP, "/Dbtr/Nm", "/debtorName"),
  DEBTOR_ACCOUNT(Level.GROUP, "/DbtrAcct/Id", "/debtor"),
  DEBTOR_AGENT(Level.GROUP, "/DbtrAgt/FinInstnId", "/debtorAgent"),
  INSTRUCTION_ID(Level.TRANSFER, "/PmtId/InstrId", ""),
  END_TO_END_ID(Level.TRANSFER, "/PmtId/EndToEndId", "/endToEndId"),
  AMOUNT(Level.TRANSFER, "/Amt/InstdAmt", "/amount"),
  CURRENCY(Level.TRANSFER, "/Amt/InstdAmt/@Ccy", "/asset"),
  CHARGE_BEARER(Level.TRANSFER, "/ChrgBr", ""),
  CREDITOR_AGENT(Level.TRANSFER, "/CdtrAgt/FinInstnId", "/creditorAgent"),
  CREDITOR_NAME(Level.TRANSFER, "/Cdtr/Nm", "/creditorName"),
  CREDITOR_ACCOUNT(Level.TRANSFER, "/CdtrAcct/Id", "/creditor"),
  REMITTANCE(Level.TRANSFER, "/RmtInf", "/remittance");

  /** Which element of an initiation a part lies in. */
  enum Level {
    HEADER, GROUP, TRANSFER
  }

  private final Level level;
  private final String element;
  private final String member;

  Part(Level level, String element, String member) {
    this.level = level;
    this.element = element;
    this.member = member;
  }

  /** Path in a pain.001, below the given elements. */
  public String elementPath(String groupPath, String transferPath) {
    return switch (level) {
      case HEADER -> "/Document/CstmrCdtTrfInitn" + element;
      case GROUP -> groupPath + element;
      case TRANSFER -> transferPath + element;
    };
  }

  /** JSON pointer to the member of a single order. */
  public String memberPath() {
    return member;
  }
}
