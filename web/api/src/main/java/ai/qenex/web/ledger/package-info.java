/**
 * The ledger over HTTP: accounts, transfers one by one and in bulk, the bank's days, and the online proof that the
 * books are right.
 */
package ai.qenex.web.ledger;
