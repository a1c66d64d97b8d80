/**
 * What makes the audit log prove itself: the canonical form of a record ({@link ai.qenex.security.audit.AuditForm}),
 * its line in exports ({@link ai.qenex.security.AuditLine}), and the comparison of an exported log with its signed
 * heads ({@link ai.qenex.security.audit.AuditVerification}).
 */
package ai.qenex.security.audit;
