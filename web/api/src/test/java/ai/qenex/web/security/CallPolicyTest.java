package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.QenexException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallPolicyTest {

  @Test
  void asksNobodyForAnythingUnlessConfigured() {
    assertFalse(CallPolicy.of("p", " ").covers("anyone", "POST", "/api/v1/transfers"));
  }

  @Test
  void coversUserMethodAndTheBeginningOfTheTemplate() {
    CallPolicy policy = CallPolicy.of("p", "payroll POST /api/v1/payment-files; * * /api/v1/ledger/archives");
    assertTrue(policy.covers("payroll", "POST", "/api/v1/payment-files"));
    assertFalse(policy.covers("payroll", "GET", "/api/v1/payment-files/{id}"));
    assertFalse(policy.covers("another", "POST", "/api/v1/payment-files"));
    assertTrue(policy.covers("another", "POST", "/api/v1/ledger/archives/{first}/detach"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"payroll POST", "payroll post /x", "POST /x", "a b POST /x", "payroll POST x"})
  void refusesWhatIsNoRule(String text) {
    assertThrows(QenexException.class, () -> CallPolicy.of("p", text));
  }

  @Test
  void namesACallByItsTemplate() throws NoSuchMethodException {
    assertEquals("/api/v1/request-keys/{keyId}/revoke", CalledTemplate.template(RequestKeysResource.class,
        RequestKeysResource.class.getMethod("revoke", String.class)));
    assertEquals("/api/v1/request-keys", CalledTemplate.template(RequestKeysResource.class,
        RequestKeysResource.class.getMethod("list", String.class)));
  }
}
