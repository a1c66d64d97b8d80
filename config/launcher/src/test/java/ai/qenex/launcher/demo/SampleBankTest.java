package ai.qenex.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Bic;
import ai.qenex.launcher.demo.SampleBank.Opening;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SampleBankTest {

  private static final Map<String, Integer> DECIMALS = Map.of("EUR", 2, "USD", 2, "GBP", 2, "JPY", 0, "QXC", 18);

  private final SampleBank bank = SampleBank.read();

  @Test
  void hasTwoDozenCustomersInFiveAssets() {
    List<Map<String, String>> customers = DemoFiles.table("bank/customers.csv");
    assertTrue(customers.size() >= 24, "customers");
    assertEquals(DECIMALS.keySet(), customers.stream().map(row -> row.get("asset")).collect(Collectors.toSet()));
  }

  @Test
  void namesEveryAccountOnce() {
    Set<String> aliases = bank.accounts().stream().map(Opening::alias).collect(Collectors.toSet());
    assertEquals(bank.accounts().size(), aliases.size());
  }

  @Test
  void depositsComeFromAVaultThatIsOpenedAndFitTheirAsset() {
    Set<String> aliases = bank.accounts().stream().map(Opening::alias).collect(Collectors.toSet());
    for (Opening opening : bank.deposits()) {
      BigDecimal deposit = new BigDecimal(opening.deposit().orElseThrow());
      assertTrue(aliases.contains(opening.vault()), opening.vault());
      assertEquals(DECIMALS.get(opening.asset()), deposit.scale(), opening.alias());
      assertEquals(1, deposit.signum(), opening.alias());
    }
  }

  @Test
  void otherBanksHaveBicsOfTestForm() {
    for (Map<String, String> row : DemoFiles.table("bank/banks.csv")) {
      assertTrue(Bic.isValid(row.get("bic")) && row.get("bic").endsWith("0"), row.get("bic"));
    }
  }

  @Test
  void paymentsNameAccountsOfTheSampleBank() {
    Set<String> aliases = bank.accounts().stream().map(Opening::alias).collect(Collectors.toSet());
    PaymentSteps.orders("payments/incoming.json")
        .forEach(order -> assertTrue(aliases.contains(order.path("creditor").asText()), order.toString()));
    PaymentSteps.orders("payments/outgoing.json")
        .forEach(order -> assertTrue(aliases.contains(order.path("debtor").asText()), order.toString()));
  }

  @Test
  void refusesATableWithARaggedLine() {
    DemoFaultException fault =
        assertThrows(DemoFaultException.class, () -> DemoFiles.rows("some.csv", "a,b\n# note\n1,2\n3\n"));
    assertEquals("demo/some.csv line 4 has not 2 columns", fault.getMessage());
  }
}
