package ai.qenex.payments.initiation;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * {@code GrpHdr} of an initiation.
 *
 * @param createdAt {@code CreDtTm} as written
 * @param declaredCount {@code NbOfTxs}
 * @param controlSum {@code CtrlSum}: sum of all instructed amounts, whatever their currencies
 * @param initiatingParty identification or name of {@code InitgPty}; empty text if it has neither
 */
public record InitiationHeader(
    String messageId, String createdAt, long declaredCount, Optional<BigDecimal> controlSum, String initiatingParty) {}
