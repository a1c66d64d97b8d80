package ai.qenex.payments.initiation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One {@code PmtInf} without its credit transfers.
 *
 * @param number position in the document, from 1
 * @param method {@code CHK}, {@code TRF} or {@code TRA}
 * @param executionDate {@code ReqdExctnDt}; of a date with time the date part as written
 * @param debtorAgent BIC, empty if the agent is named otherwise
 */
public record InitiationGroup(
    int number, String id, String method, Optional<Long> declaredCount, Optional<BigDecimal> controlSum,
    LocalDate executionDate, String debtorName, Optional<AccountName> debtorAccount, Optional<String> debtorAgent,
    Optional<String> chargeBearer) {

  /** Path of the {@code PmtInf} element. */
  public String path() {
    return pathOf(number);
  }

  public static String pathOf(int number) {
    return "/Document/CstmrCdtTrfInitn/PmtInf[" + number + "]";
  }
}
