/**
 * ISO 20022 documents as streams: reading initiations (pain.001), writing status reports (pain.002) and statements
 * (camt.053).
 *
 * <p>
 * Each message has a QENEX profile schema of our own: a subset, so that what it accepts is valid under the ISO 20022
 * definition. Reading is done by the platform's SAX parser and validator in one pass and bounded memory, whatever the
 * document says; writing by StAX, so that the same figures give the same bytes.
 */
package ai.qenex.payments.iso20022;
