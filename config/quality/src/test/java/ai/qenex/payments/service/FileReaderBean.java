package ai.qenex.payments.service;

import ai.qenex.ledger.Meeting;
import ai.qenex.payments.iso20022.Message;

/** The payments service reads formats and meets the ledger at its base package. */
public class FileReaderBean {
  Message message;
  Meeting meeting;
}
