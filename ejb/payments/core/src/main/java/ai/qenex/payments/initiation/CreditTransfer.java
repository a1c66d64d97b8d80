package ai.qenex.payments.initiation;

import java.util.Optional;

/**
 * One {@code CdtTrfTxInf}.
 *
 * @param group number of its {@code PmtInf}, from 1
 * @param number position in its {@code PmtInf}, from 1
 * @param index position in the document, from 0
 * @param amount {@code InstdAmt} as written: a plain decimal
 * @param currency {@code Ccy} of the amount
 * @param creditorAgent BIC, empty if absent or named otherwise
 * @param remittance unstructured lines joined, else the creditor's reference
 */
public record CreditTransfer(
    int group, int number, int index, Optional<String> instructionId, String endToEndId, Optional<String> uetr,
    String amount, String currency, Optional<String> chargeBearer, Optional<String> creditorAgent, String creditorName,
    Optional<AccountName> creditorAccount, Optional<String> remittance) {

  /** Path of the {@code CdtTrfTxInf} element. */
  public String path() {
    return pathOf(group, number);
  }

  public static String pathOf(int group, int number) {
    return InitiationGroup.pathOf(group) + "/CdtTrfTxInf[" + number + "]";
  }
}
