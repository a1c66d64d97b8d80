package ai.qenex.web.ledger;

import ai.qenex.web.problem.ProblemException;
import java.io.IOException;

/** The transfers of a body, one after the other, in bounded memory. */
interface TransferSource {

  /** Goes to the next transfer. @return whether there is one */
  boolean next() throws IOException;

  /**
   * The transfer it stands at.
   *
   * @throws ProblemException 400 if it is none: the next one may be asked for all the same
   */
  BatchItem take(BatchIntake intake) throws IOException;

  /** The line it stands at, or the record of a form without lines, counted from 1. */
  long number();
}
