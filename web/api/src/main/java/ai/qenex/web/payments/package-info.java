/** Payments over HTTP: files of customers, single payments, what became of them, and account statements. */
package ai.qenex.web.payments;
