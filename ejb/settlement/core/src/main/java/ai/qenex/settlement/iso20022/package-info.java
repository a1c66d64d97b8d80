/** The messages of settlement as ISO 20022 documents: pure functions from values to XML. */
package ai.qenex.settlement.iso20022;
