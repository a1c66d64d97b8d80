/**
 * The audit log at work. {@code AuditAppender} writes what callers hand over, many records per commit;
 * {@code HeadSigner} signs what the log holds and copies the heads out of the database; {@code AuditReading} searches
 * and proves; {@code AuditCheck} compares what is stored with what was signed, stretch by stretch.
 */
package ai.qenex.security.service.audit;
