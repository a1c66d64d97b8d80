/** The ledger against a real PostgreSQL: what must hold whatever fails. */
package ai.qenex.ledger.service;
