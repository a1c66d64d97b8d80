package ai.qenex.launcher.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts that the day begins with, from the files in {@code bank/}, {@code salaries/} and {@code cards/}, in the
 * order they are opened.
 */
record SampleBank(List<Opening> accounts) {

  private static final String INTERNAL = "internal";
  private static final String OPEN = "open";

  SampleBank {
    accounts = List.copyOf(accounts);
  }

  /**
   * One account to open.
   *
   * @param product as the API names it: current, savings or internal
   * @param overdraft limit in the asset's scale, empty if none is asked for
   * @param deposit what is paid in from the vault of the asset, empty if nothing
   * @param state where the account stands when the day begins: open, frozen or closed
   */
  record Opening(String alias, String asset, String owner, String product, Optional<String> overdraft,
      Optional<String> deposit, String state) {

    static Opening plain(String alias, String asset, String owner, String product) {
      return new Opening(alias, asset, owner, product, Optional.empty(), Optional.empty(), OPEN);
    }

    /** The bank's own account that deposits come from. */
    String vault() {
      return "vault." + asset;
    }
  }

  static SampleBank read() {
    List<Opening> accounts = new ArrayList<>();
    for (Map<String, String> row : DemoFiles.table("bank/chart-of-accounts.csv")) {
      accounts.add(new Opening(row.get("alias"), row.get("asset"), row.get("owner"), INTERNAL, Optional.empty(),
          given(row.get("paid-in")), OPEN));
    }
    for (Map<String, String> row : DemoFiles.table("bank/banks.csv")) {
      String alias = "nostro." + row.get("bic") + "." + row.get("asset");
      accounts.add(new Opening(alias, row.get("asset"), row.get("name"), INTERNAL, Optional.empty(),
          given(row.get("deposit")), OPEN));
    }
    for (Map<String, String> row : DemoFiles.table("bank/customers.csv")) {
      accounts.add(new Opening(row.get("alias"), row.get("asset"), row.get("name"), row.get("product"),
          given(row.get("overdraft")),
          given(row.get("opening")), row.get("state").isEmpty() ? OPEN : row.get("state")));
    }
    for (Map<String, String> row : DemoFiles.table("cards/merchants.csv")) {
      accounts.add(Opening.plain(row.get("alias"), "EUR", row.get("name"), "current"));
    }
    SalaryFile.read().employees().stream().filter(SalaryFile.Employee::isWithUs)
        .forEach(employee -> accounts.add(Opening.plain(employee.alias(), "EUR", employee.name(), "current")));
    return new SampleBank(accounts);
  }

  /** The accounts that get a deposit. */
  List<Opening> deposits() {
    return accounts.stream().filter(account -> account.deposit().isPresent()).toList();
  }

  /** The accounts that are not left open. */
  List<Opening> barred() {
    return accounts.stream().filter(account -> !account.state().equals(OPEN)).toList();
  }

  private static Optional<String> given(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
