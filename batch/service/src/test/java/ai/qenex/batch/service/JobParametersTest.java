package ai.qenex.batch.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobParametersTest {

  @Test
  void readsTheBusinessDate() {
    assertEquals(BusinessDate.parse("2027-03-01"), JobsBean.businessDate(Map.of("businessDate", "2027-03-01")));
  }

  @Test
  void faultsBeginWithTheirPlace() {
    assertEquals("/businessDate: is missing", faultOf(Map.of()));
    assertEquals("/businessDate: not a date such as 2027-02-28", faultOf(Map.of("businessDate", "2027-02-30")));
    assertEquals("/date: the job has no such parameter", faultOf(Map.of("date", "2027-03-01")));
  }

  private static String faultOf(Map<String, String> parameters) {
    QenexException fault = assertThrows(QenexException.class, () -> JobsBean.businessDate(parameters));
    assertEquals(ErrorCode.INVALID_REQUEST, fault.code());
    return fault.getMessage();
  }
}
