package ai.qenex.batch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.ejb.EJBException;
import org.junit.jupiter.api.Test;

class FailureNoteTest {

  @Test
  void findsTheFaultWithAStableCodeBehindTheContainersWrapping() {
    var fault = new QenexException(ErrorCode.INVARIANT_BROKEN, "EUR sums to 1", new IllegalStateException("deeper"));
    assertEquals("INVARIANT_BROKEN, EUR sums to 1", FailureNote.reasonOf(new EJBException(new EJBException(fault))));
  }

  @Test
  void elseTellsTheInnermostFault() {
    var fault = new EJBException(new IllegalStateException("the disk is full"));
    assertEquals("IllegalStateException, the disk is full", FailureNote.reasonOf(fault));
  }

  @Test
  void comesToAnEndWhenCausesGoInCircles() {
    var one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    assertEquals("IllegalStateException", FailureNote.reasonOf(one).split(",")[0]);
  }
}
