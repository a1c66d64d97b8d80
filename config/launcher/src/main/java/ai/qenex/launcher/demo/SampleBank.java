package ai.qenex.launcher.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts that the day begins with, from the files in {@code bank/}, {@code salaries/} and {@code cards/}, in the
 * order they are opened.
 */
record SampleBank(List<Opening> accounts) {

  SampleBank {
    accounts = List.copyOf(accounts);
  }

  /**
   * One account to open.
   *
   * @param product as the API names it: current, savings or internal
   * @param overdraft limit in the asset's scale, empty if none is asked for
   * @param deposit what is paid in from the vault of the asset, empty if nothing
   */
  record Opening(String alias, String asset, String owner, String product, Optional<String> overdraft,
      Optional<String> deposit) {

    /** The bank's own account that deposits come from. */
    String vault() {
      return "vault." + asset;
    }
  }

  static SampleBank read() {
    List<Opening> accounts = new ArrayList<>();
    for (Map<String, String> row : DemoFiles.table("bank/chart-of-accounts.csv")) {
      Optional<String> paidIn = row.get("alias").equals("capital.EUR") ? Optional.of("50000000.00") : Optional.empty();
      accounts
          .add(new Opening(row.get("alias"), row.get("asset"), row.get("owner"), "internal", Optional.empty(), paidIn));
    }
    for (Map<String, String> row : DemoFiles.table("bank/banks.csv")) {
      String alias = "nostro." + row.get("bic") + "." + row.get("asset");
      accounts.add(new Opening(alias, row.get("asset"), row.get("name"), "internal", Optional.empty(),
          given(row.get("deposit"))));
    }
    for (Map<String, String> row : DemoFiles.table("bank/customers.csv")) {
      accounts.add(new Opening(row.get("alias"), row.get("asset"), row.get("name"), row.get("product"),
          given(row.get("overdraft")),
          given(row.get("opening"))));
    }
    for (Map<String, String> row : DemoFiles.table("cards/merchants.csv")) {
      accounts
          .add(new Opening(row.get("alias"), "EUR", row.get("name"), "current", Optional.empty(), Optional.empty()));
    }
    for (SalaryFile.Employee employee : SalaryFile.read().employees()) {
      if (employee.isWithUs()) {
        accounts
            .add(new Opening(employee.alias(), "EUR", employee.name(), "current", Optional.empty(), Optional.empty()));
      }
    }
    return new SampleBank(accounts);
  }

  /** The accounts that get a deposit. */
  List<Opening> deposits() {
    return accounts.stream().filter(account -> account.deposit().isPresent()).toList();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() || new BigDecimal(text).signum() == 0 ? Optional.empty() : Optional.of(text);
  }
}
