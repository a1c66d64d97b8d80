package ai.qenex.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;

/**
 * Takes what happens into the audit log. For any thread, with any caller; a transaction of the caller has no part in
 * it: what was tried stays recorded when it is rolled back.
 *
 * <p>
 * Whatever acts says so first and acts after {@link #intend} has returned, so that nothing is ever done of which the
 * log does not know. An action of the ledger need not do it: its caller at the edge does.
 */
public interface AuditTrail {

  /**
   * Writes that something is about to be done, and waits. When this returns, the record is durable before anything that
   * the same database commits from now on.
   *
   * @return the record's number, for the event that ends it ({@link AuditEvent#ending})
   * @throws QenexException {@link ErrorCode#OVERLOADED} if too many wait already, {@link ErrorCode#UNAVAILABLE} if the
   * log does not answer in time: then do nothing
   */
  long intend(AuditEvent event);

  /** As {@link #intend}, and the record is on disk when it returns: for what has its effect outside the database. */
  long record(AuditEvent event);

  /**
   * Hands over what was done or refused, and does not wait. An event that ends an intent is always taken; of others
   * those that find the queue full are counted, and the log tells how many they were.
   */
  void note(AuditEvent event);
}
