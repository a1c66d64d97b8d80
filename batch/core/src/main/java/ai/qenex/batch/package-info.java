/**
 * The bank's jobs as the world outside sees them: started by name and parameters, watched while they run, stopped and
 * restarted.
 *
 * <p>
 * A {@link ai.qenex.batch.JobExecution} is one run of a job; a run that failed, was stopped or died with its server is
 * restarted as a new execution that goes on where the last one left off. Jobs own no business rule: they call the
 * contexts in the right order.
 */
package ai.qenex.batch;
