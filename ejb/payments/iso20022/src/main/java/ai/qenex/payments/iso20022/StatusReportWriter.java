package ai.qenex.payments.iso20022;

import ai.qenex.kernel.Bic;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes a pain.002.001.10 as a stream: the file, then each group followed by its payments.
 *
 * <p>
 * Status codes (external code sets): refused is {@code RJCT}; received {@code RCVD}; being booked {@code ACCP}; in
 * clearing {@code ACSP}; booked or settled {@code ACSC}.
 */
public final class StatusReportWriter implements AutoCloseable {

  /**
   * The head of a report.
   *
   * @param messageId of the report, at most 35 characters
   * @param status group status code, e.g. {@code PART}
   */
  public record File(
      String messageId, Instant createdAt, Bic bank, String originalMessageId, String originalMessageName, long count,
      Optional<BigDecimal> controlSum, String status, Optional<StatusReason> reason,
      Map<PaymentStatus, Integer> byStatus) {}

  /** One group. */
  public record Group(String id, long count, Optional<String> status, Optional<StatusReason> reason) {}

  /** One payment. */
  public record Transaction(
      UUID id, Optional<String> instructionId, String endToEndId, Optional<String> uetr, PaymentStatus status,
      Optional<StatusReason> reason, Optional<Instant> acceptedAt) {}

  private final XmlOut out;
  private boolean inGroup;

  public StatusReportWriter(OutputStream target, File file) {
    out = new XmlOut(target, Iso20022Message.PAIN_002_V10, "CstmrPmtStsRpt");
    out.open("GrpHdr").leaf("MsgId", file.messageId()).moment("CreDtTm", file.createdAt());
    out.open("DbtrAgt", "FinInstnId").leaf("BICFI", file.bank().code()).shut(3);
    out.open("OrgnlGrpInfAndSts").leaf("OrgnlMsgId", file.originalMessageId())
        .leaf("OrgnlMsgNmId", file.originalMessageName()).leaf("OrgnlNbOfTxs", Long.toString(file.count()));
    file.controlSum().ifPresent(sum -> out.leaf("OrgnlCtrlSum", sum.toPlainString()));
    out.leaf("GrpSts", file.status());
    file.reason().ifPresent(this::reason);
    counts(file.byStatus()).forEach((code, count) -> out.open("NbOfTxsPerSts")
        .leaf("DtldNbOfTxs", count.toString()).leaf("DtldSts", code).shut(1));
    out.shut(1);
  }

  public void group(Group group) {
    endGroup();
    inGroup = true;
    out.open("OrgnlPmtInfAndSts").leaf("OrgnlPmtInfId", group.id()).leaf("OrgnlNbOfTxs", Long.toString(group.count()));
    group.status().ifPresent(status -> out.leaf("PmtInfSts", status));
    group.reason().ifPresent(this::reason);
  }

  public void transaction(Transaction payment) {
    out.open("TxInfAndSts").leaf("StsId", compact(payment.id()));
    payment.instructionId().ifPresent(id -> out.leaf("OrgnlInstrId", id));
    out.leaf("OrgnlEndToEndId", payment.endToEndId());
    payment.uetr().ifPresent(uetr -> out.leaf("OrgnlUETR", uetr));
    out.leaf("TxSts", code(payment.status()));
    payment.reason().ifPresent(this::reason);
    payment.acceptedAt().ifPresent(at -> out.moment("AccptncDtTm", at));
    out.shut(1);
  }

  @Override
  public void close() {
    endGroup();
    out.close();
  }

  /** External code of a payment's status. */
  public static String code(PaymentStatus status) {
    return switch (status) {
      case RECEIVED -> "RCVD";
      case ACCEPTED -> "ACCP";
      case CLEARING -> "ACSP";
      case BOOKED, SETTLED -> "ACSC";
      case REJECTED -> "RJCT";
    };
  }

  /** An id without hyphens: 32 characters, as ISO's references have no room for 36. */
  public static String compact(UUID id) {
    return id.toString().replace("-", "");
  }

  private void reason(StatusReason reason) {
    out.open("StsRsnInf", "Rsn").leaf("Cd", reason.code()).shut(1);
    if (!reason.path().isEmpty()) {
      out.leaf("AddtlInf", lastOf(reason.path()));
    }
    out.leaf("AddtlInf", reason.detail().isEmpty() ? reason.code() : reason.detail()).shut(1);
  }

  /** By external code, in the order of life; two of our statuses may share one. */
  private static Map<String, Integer> counts(Map<PaymentStatus, Integer> byStatus) {
    var counts = new LinkedHashMap<String, Integer>();
    for (PaymentStatus status : PaymentStatus.values()) {
      int count = byStatus.getOrDefault(status, 0);
      if (count > 0) {
        counts.merge(code(status), count, Integer::sum);
      }
    }
    return counts;
  }

  /** A path may be longer than the element: its end says most. */
  private static String lastOf(String path) {
    return path.length() <= StatusReason.MAX_DETAIL
        ? path
        : "..." + path.substring(path.length() - StatusReason.MAX_DETAIL + 3);
  }

  private void endGroup() {
    if (inGroup) {
      out.shut(1);
      inGroup = false;
    }
  }
}
