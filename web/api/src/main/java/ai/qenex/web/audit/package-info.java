/** The audit log over HTTP, for auditors. */
package ai.qenex.web.audit;
