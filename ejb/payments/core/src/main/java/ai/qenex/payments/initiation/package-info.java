/**
 * What a payment initiation (ISO 20022 pain.001) says, whatever its version: a header, groups ({@code PmtInf}) and
 * credit transfers ({@code CdtTrfTxInf}). Values as read, not judged yet.
 */
package ai.qenex.payments.initiation;
