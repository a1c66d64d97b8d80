package ai.qenex.payments.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.AccountStatus;
import ai.qenex.ledger.Product;
import ai.qenex.payments.initiation.AccountName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartyRulesTest {

  private static final Asset EUR = new Asset("EUR", 2);
  private static final Bank BANK =
      new Bank(new Bic("QENXDEFFXXX"), "DE", "50099900", Bank.parseDirectory("DE37040044=COBADEFF, DE3704=WRONGDEF"));
  private static final List<Account> ACCOUNTS = accounts();
  private static final PartyRules RULES = new PartyRules(BANK, new Directory());

  /**
   * IBANs stand for themselves; {@code open}, {@code frozen}, {@code closed} and {@code internal} for accounts of ours.
   */
  @ParameterizedTest
  @CsvSource({"IBAN:open, '', ours open", "IBAN:open, QENXDEFF, ours open", "IBAN:open, QENXDEFFXXX, ours open",
      "OTHER:open, '', ours open", "IBAN:open, COBADEFF, RC01", "IBAN:frozen, '', AC06", "IBAN:closed, '', AC04",
      "OTHER:internal, '', AG01", "OTHER:nobody, '', AC01", "OTHER:nobody, QENXDEFF, AC01",
      "OTHER:12345, COBADEFF, COBADEFF 12345",
      "IBAN:FR1420041010050500013M02606, PSSTFRPP, PSSTFRPP FR1420041010050500013M02606",
      "IBAN:FR1420041010050500013M02606, '', RC01", "IBAN:FR1520041010050500013M02606, PSSTFRPP, AC01",
      "IBAN:FR1420041010050500013M02606, QENXDEFF, AC01",
      "IBAN:DE89370400440532013000, '', COBADEFF DE89370400440532013000",
      "IBAN:FR1420041010050500013M02606, PSSTXXPP, RC01", "IBAN:FR1420041010050500013M02606, PSST, RC01"})
  void findsOutWhoIsMeant(String account, String agent, String expected) {
    String[] parts = account.split(":");
    String text = ACCOUNTS.stream().filter(each -> parts[0].equals("IBAN") && each.alias().orElse("").equals(parts[1]))
        .findFirst().flatMap(Account::iban).map(Iban::value).orElse(parts[1]);
    var name = new AccountName(AccountName.Form.valueOf(parts[0]), text);
    var judgement = RULES.creditor(Optional.of(name), Optional.of(agent).filter(each -> !each.isEmpty()));
    assertEquals(expected, told(judgement));
  }

  @Test
  void refusesWhatHasNoAccountOrIsOursByItsBankCodeButUnknown() {
    assertEquals("AC01", told(RULES.creditor(Optional.empty(), Optional.of("COBADEFF"))));
    Iban unknown = Iban.of("DE", "500999000000009999");
    assertEquals("AC01", told(RULES.creditor(Optional.of(AccountName.iban(unknown.value())), Optional.empty())));
  }

  @Test
  void refusesDebtorsOfOtherBanksInFiles() {
    var foreign = Optional.of(AccountName.iban("DE89370400440532013000"));
    assertEquals("RC01", told(RULES.ownDebtor(foreign, Optional.empty())));
    assertEquals("COBADEFF DE89370400440532013000", told(RULES.debtor(foreign, Optional.of("COBADEFF"))));
  }

  @Test
  void letsNobodyPayThemselvesOrTwoStrangersPayThroughUs() {
    Party open = new Party.Ours(ACCOUNTS.get(0));
    Party stranger = new Party.Elsewhere(new Bic("COBADEFF"), "1");
    assertEquals("AG01", told(RULES.pair(open, open)));
    assertEquals("AG01", told(RULES.pair(stranger, stranger)));
    assertEquals("COBADEFF 1", told(RULES.pair(open, stranger)));
  }

  @Test
  void readsBankDirectoriesAndRefusesOthers() {
    assertEquals(Map.of("DE37040044", new Bic("COBADEFF")), Bank.parseDirectory(" DE37040044=COBADEFF ,"));
    for (String bad : new String[] {"x", "DE=COBADEFF", "=COBADEFF", "DE37040044=NOBIC"}) {
      assertThrows(IllegalArgumentException.class, () -> Bank.parseDirectory(bad));
    }
    assertTrue(BANK.is(new Bic("QENXDEFF123")));
  }

  private static String told(Judgement<Party> judgement) {
    if (judgement instanceof Judgement.Failed<Party> failed) {
      return failed.fault().code().name();
    }
    Party party = ((Judgement.Passed<Party>) judgement).finding();
    return party instanceof Party.Elsewhere elsewhere
        ? elsewhere.bank() + " " + elsewhere.name()
        : "ours " + ((Party.Ours) party).account().alias().orElseThrow();
  }

  private static List<Account> accounts() {
    var accounts = new ArrayList<Account>();
    for (String alias : List.of("open", "frozen", "closed", "internal")) {
      long number = accounts.size() + 1L;
      AccountStatus status = alias.equals("internal") ? AccountStatus.OPEN
          : AccountStatus.valueOf(alias.toUpperCase(java.util.Locale.ROOT));
      accounts.add(new Account(new AccountNumber(number), new UUID(0, number), "0x" + "%040x".formatted(number),
          alias.equals("internal") ? Optional.empty()
              : Optional.of(Iban.of("DE", "50099900" + "%010d".formatted(number))),
          Optional.of(alias), EUR, alias, alias.equals("internal") ? Product.INTERNAL : Product.CURRENT, status,
          Optional.of(Amount.ZERO)));
    }
    return accounts;
  }

  private static final class Directory implements AccountDirectory {

    @Override
    public Optional<Account> account(AccountRef ref) {
      return ACCOUNTS.stream().filter(account -> ref instanceof AccountRef.ByIban byIban
          ? account.iban().equals(Optional.of(byIban.iban()))
          : ref instanceof AccountRef.ByAlias byAlias && account.alias().equals(Optional.of(byAlias.alias())))
          .findFirst();
    }

    @Override
    public Optional<Asset> asset(String code) {
      return Optional.of(EUR).filter(asset -> asset.code().equals(code));
    }
  }
}
