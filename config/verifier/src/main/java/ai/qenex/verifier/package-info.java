/**
 * One command for an auditor: {@link ai.qenex.verifier.VerifyLog} compares an exported log with its signed heads and
 * names the first entry that is not what was sealed. It needs the exports and a public key, neither server nor
 * database.
 */
package ai.qenex.verifier;
