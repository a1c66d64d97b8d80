package ai.qenex.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a proof is asked for, and what it binds (invariant SCA-1). */
class StepUpPolicyTest {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Asset BTC = new Asset("BTC", 8);
  private static final StepUpCaller PERSON = new StepUpCaller("anna", false, Set.of(Roles.TELLER), "");
  private static final StepUpCaller OPERATOR = new StepUpCaller("otto", false, Set.of(Roles.OPERATOR), "");
  private static final StepUpCaller MACHINE = new StepUpCaller("erp", true, Set.of(Roles.TELLER), "");
  private static final LinkedOperation OPERATION =
      new LinkedOperation(StepUpKind.TRANSFER, "a", "b", "10.00", "EUR", "1");

  private static StepUpPolicy policy(Map<String, String> properties) {
    return StepUpPolicy.of(name -> properties.getOrDefault(name, ""));
  }

  @Test
  void asksAboveTheAmountAndNotAtIt() {
    StepUpPolicy policy = policy(Map.of("qenex.step-up.amounts", "EUR=10000, BTC=0.5"));
    assertFalse(policy.asks(PERSON, StepUpKind.TRANSFER, Money.parse("10000.00", EUR)));
    assertTrue(policy.asks(PERSON, StepUpKind.TRANSFER, Money.parse("10000.01", EUR)));
    assertFalse(policy.asks(PERSON, StepUpKind.TRANSFER, Money.parse("0.5", BTC)));
    assertTrue(policy.asks(PERSON, StepUpKind.PAYMENT, Money.parse("0.50000001", BTC)));
    assertFalse(policy.asks(PERSON, StepUpKind.TRANSFER, Money.parse("999999", new Asset("USD", 2))), "not named");
    assertTrue(policy(Map.of()).asks(PERSON, StepUpKind.TRANSFER, Money.parse("10001", new Asset("CHF", 2))));
  }

  @Test
  void asksMachinesOnlyWhereTheyAreNamed() {
    assertFalse(policy(Map.of()).asks(MACHINE, StepUpKind.TRANSFER, Money.parse("99999999", EUR)));
    assertFalse(policy(Map.of()).asks(MACHINE, StepUpKind.LIMIT_CHANGE));
    assertTrue(policy(Map.of("qenex.step-up.machines", "true")).asks(MACHINE, StepUpKind.LIMIT_CHANGE));
  }

  @Test
  void asksForOperationsAndRolesThatAreNamed() {
    assertTrue(policy(Map.of()).asks(PERSON, StepUpKind.LIMIT_CHANGE));
    assertTrue(policy(Map.of()).asks(PERSON, StepUpKind.PAYMENT_FILE));
    StepUpPolicy policy = policy(Map.of("qenex.step-up.operations", "none", "qenex.step-up.roles", "operator"));
    assertFalse(policy.asks(PERSON, StepUpKind.LIMIT_CHANGE));
    assertTrue(policy.asks(PERSON, StepUpKind.FACTOR_CHANGE), "whatever is configured");
    assertTrue(policy.asks(OPERATOR, StepUpKind.TRANSFER, Money.parse("0.01", EUR)));
  }

  @ParameterizedTest
  @CsvSource({"amounts, EUR", "amounts, EUR=ten", "amounts, EUR=-1", "amounts, EUR=1e3", "operations, transfers",
      "roles, service", "machines, yes", "new-payee, 1"})
  void refusesWrongPropertiesByName(String name, String value) {
    var fault = assertThrows(QenexException.class, () -> policy(Map.of("qenex.step-up." + name, value)));
    assertEquals(ErrorCode.INVALID_CONFIGURATION, fault.code());
    assertTrue(fault.getMessage().contains("qenex.step-up." + name), fault.getMessage());
  }

  @Test
  void linksEveryMember() {
    LinkedOperation[] others = {
        new LinkedOperation(StepUpKind.PAYMENT, "a", "b", "10.00", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "c", "b", "10.00", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "c", "10.00", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "b", "10.01", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "b", "10.00", "USD", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "b", "10.00", "EUR", "2"),
        new LinkedOperation(StepUpKind.TRANSFER, "b", "a", "10.00", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "ab", "", "10.00", "EUR", "1"),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "b1", "0.00", "EUR", "1")};
    for (LinkedOperation other : others) {
      assertFalse(Arrays.equals(OPERATION.digest(), other.digest()), other::toString);
    }
    assertTrue(Arrays.equals(OPERATION.digest(),
        new LinkedOperation(StepUpKind.TRANSFER, "a", "b", "10.00", "EUR", "1").digest()));
  }
}
