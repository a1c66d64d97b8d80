/**
 * The jobs at work on Jakarta Batch. {@link ai.qenex.batch.service.JobsBean} starts, watches and restarts executions,
 * {@link ai.qenex.batch.service.EndOfDayBean} is the order in which the contexts are called at end of day, the
 * artifacts of {@code META-INF/batch-jobs/end-of-day.xml} drive it, and {@link ai.qenex.batch.service.JobBook}
 * remembers what is done.
 *
 * <p>
 * Nothing here is specific to one container: an execution that died with its server is taken up by a new job instance,
 * which passes over the steps that the book knows as done.
 */
package ai.qenex.batch.service;
