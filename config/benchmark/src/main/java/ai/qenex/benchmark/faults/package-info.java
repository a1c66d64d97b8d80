/**
 * Breaks a running ledger on purpose and counts what came of it.
 *
 * <p>
 * {@link ai.qenex.benchmark.faults.Clients} post and repeat each id until it is answered, and keep a list of what they
 * were told. {@link ai.qenex.benchmark.faults.Books} compares that list, and balances added up from it alone, with what
 * the database holds in the end. The drivers do the breaking; {@link ai.qenex.benchmark.faults.Faults} is the program.
 * A checker proves nothing until it was seen to find something: so each run also has a control that must fail.
 */
package ai.qenex.benchmark.faults;
