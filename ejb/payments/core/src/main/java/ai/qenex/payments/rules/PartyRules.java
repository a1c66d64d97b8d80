package ai.qenex.payments.rules;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountRef;
import ai.qenex.ledger.Product;
import ai.qenex.payments.initiation.AccountName;
import ai.qenex.payments.initiation.AccountName.Form;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out who pays and who is paid: accounts of ours by the ledger, accounts elsewhere by their bank. */
public final class PartyRules {

  private static final Set<String> COUNTRIES = countries();

  private final Bank bank;
  private final AccountDirectory accounts;

  public PartyRules(Bank bank, AccountDirectory accounts) {
    this.bank = bank;
    this.accounts = accounts;
  }

  /** The debtor of a file: always a customer of ours. */
  public Judgement<Party> ownDebtor(Optional<AccountName> name, Optional<String> agent) {
    Judgement<Party> debtor = party(name, agent, Side.DEBTOR);
    return debtor.then(party -> party instanceof Party.Elsewhere elsewhere
        ? Judgement.fail(ReasonCode.RC01, Part.DEBTOR_AGENT, "the debtor's account is kept by " + elsewhere.bank())
        : Judgement.pass(party));
  }

  public Judgement<Party> debtor(Optional<AccountName> name, Optional<String> agent) {
    return party(name, agent, Side.DEBTOR);
  }

  public Judgement<Party> creditor(Optional<AccountName> name, Optional<String> agent) {
    return party(name, agent, Side.CREDITOR);
  }

  /** Whether the two may pay each other through us. */
  public Judgement<Party> pair(Party debtor, Party creditor) {
    if (debtor instanceof Party.Elsewhere && creditor instanceof Party.Elsewhere) {
      return Judgement.fail(ReasonCode.AG01, Part.WHOLE, "neither account is kept by this bank");
    }
    if (debtor instanceof Party.Ours ours && creditor instanceof Party.Ours theirs
        && ours.account().number().equals(theirs.account().number())) {
      return Judgement.fail(ReasonCode.AG01, Part.CREDITOR_ACCOUNT, "debtor and creditor are one account");
    }
    return Judgement.pass(creditor);
  }

  private enum Side {
    DEBTOR(Part.DEBTOR_ACCOUNT, Part.DEBTOR_AGENT), CREDITOR(Part.CREDITOR_ACCOUNT, Part.CREDITOR_AGENT);

    private final Part account;
    private final Part agent;

    Side(Part account, Part agent) {
      this.account = account;
      this.agent = agent;
    }
  }

  private Judgement<Party> party(Optional<AccountName> name, Optional<String> agent, Side side) {
    if (agent.isPresent() && !isBic(agent.get())) {
      return Judgement.fail(ReasonCode.RC01, side.agent, "not a BIC: " + shown(agent.get()));
    }
    if (name.isEmpty()) {
      return Judgement.fail(ReasonCode.AC01, side.account, "no account is named");
    }
    Optional<Bic> keeper = agent.map(Bic::new);
    String text = name.get().text();
    boolean isIban = Iban.isValid(text);
    if (name.get().form() == Form.IBAN && !isIban) {
      return Judgement.fail(ReasonCode.AC01, side.account, "not a valid IBAN: " + shown(text));
    }
    boolean saysElsewhere = keeper.isPresent() && !bank.is(keeper.get());
    if (saysElsewhere && !isIban) {
      return Judgement.pass(new Party.Elsewhere(keeper.get().institution(), text));
    }
    Optional<Account> account = AccountRef.parse(text).flatMap(accounts::account);
    if (account.isPresent()) {
      return saysElsewhere
          ? Judgement.fail(ReasonCode.RC01, side.agent, "the account is kept by " + bank.bic())
          : ours(account.get(), side);
    }
    boolean saysOurs = keeper.isPresent() && !saysElsewhere;
    if (saysOurs || !isIban || bank.issued(new Iban(text))) {
      return Judgement.fail(ReasonCode.AC01, side.account, "no such account: " + shown(text));
    }
    return elsewhere(new Iban(text), keeper, side);
  }

  private Judgement<Party> ours(Account account, Side side) {
    if (account.product() == Product.INTERNAL) {
      return Judgement.fail(ReasonCode.AG01, side.account, "internal accounts take no payments");
    }
    boolean moves = side == Side.DEBTOR ? account.status().takesDebits() : account.status().takesCredits();
    if (moves) {
      return Judgement.pass(new Party.Ours(account));
    }
    return switch (account.status()) {
      case OPEN, FROZEN, DEBITS_FROZEN, CREDITS_FROZEN ->
        Judgement.fail(ReasonCode.AC06, side.account, "the account is frozen");
      case DORMANT -> Judgement.fail(ReasonCode.AC06, side.account, "the account is dormant");
      case CLOSED -> Judgement.fail(ReasonCode.AC04, side.account, "the account is closed");
    };
  }

  private Judgement<Party> elsewhere(Iban iban, Optional<Bic> named, Side side) {
    Optional<Bic> keeper = named.or(() -> bank.keeperOf(iban));
    if (keeper.isEmpty()) {
      return Judgement.fail(ReasonCode.RC01, side.agent, "the bank that keeps the account must be named");
    }
    return Judgement.pass(new Party.Elsewhere(keeper.get().institution(), iban.value()));
  }

  /** Form and country of ISO 9362. */
  static boolean isBic(String text) {
    return Bic.isValid(text) && COUNTRIES.contains(new Bic(text).country());
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private static Set<String> countries() {
    var countries = new HashSet<>(Arrays.asList(java.util.Locale.getISOCountries()));
    countries.add("XK"); // Kosovo: user-assigned, in use for BICs and IBANs
    return Set.copyOf(countries);
  }
}
