/**
 * What is kept of a request: {@link ai.qenex.web.trail.Correlation} gives it an id,
 * {@link ai.qenex.web.trail.AuditIntents} lets the audit log know what is about to be done,
 * {@link ai.qenex.web.trail.AuditedRequests} how it ended, and {@link ai.qenex.web.trail.AuditedRequest} is where a
 * resource says more about it.
 */
package ai.qenex.web.trail;
