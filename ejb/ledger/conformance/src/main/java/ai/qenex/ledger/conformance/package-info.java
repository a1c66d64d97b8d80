/**
 * The conformance kit for instructions: whoever contributes one proves by it, in the tests of his own module, what the
 * ledger relies on.
 *
 * <p>
 * A {@link ai.qenex.ledger.conformance.Contribution} makes random instructions about a random
 * {@link ai.qenex.ledger.conformance.World}; {@link ai.qenex.ledger.conformance.InstructionKit} decides them on it, on
 * copies of it and on hostile worlds, and lets the ledger's real engine carry them out. It answers sentences about what
 * is wrong, none for a good instruction.
 */
package ai.qenex.ledger.conformance;
