package ai.qenex.payments;

/**
 * Why a payment or file was refused: a code of the ISO 20022 external code set {@code ExternalStatusReason1Code} and a
 * sentence.
 *
 * @param code e.g. {@code AC01}, {@code AM04}, {@code DUPL}
 * @param path of the element that is wrong, such as
 * {@code /Document/CstmrCdtTrfInitn/PmtInf[1]/CdtTrfTxInf[3]/Amt/InstdAmt}; may be empty
 * @param detail at most 105 characters, plain text
 */
public record StatusReason(String code, String path, String detail) {

  /** Longest {@code AddtlInf} of ISO 20022. */
  public static final int MAX_DETAIL = 105;

  public StatusReason {
    if (detail.length() > MAX_DETAIL) {
      detail = detail.substring(0, MAX_DETAIL - 3) + "...";
    }
  }
}
