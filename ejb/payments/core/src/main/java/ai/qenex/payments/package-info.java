/**
 * Orders of customers to pay, and what the customers are told about them: payment files (ISO 20022 pain.001), single
 * payments, status reports (pain.002) and account statements (camt.053).
 *
 * <p>
 * A payment is accepted or refused by rules, then booked through the ledger: between our accounts at once, to another
 * bank over the clearing account with an obligation in the day's clearing cycle. A crash at any point is made good by
 * submitting the same ids again.
 */
package ai.qenex.payments;
