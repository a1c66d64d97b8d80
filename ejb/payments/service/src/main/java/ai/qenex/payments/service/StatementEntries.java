package ai.qenex.payments.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.Iban;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.payments.iso20022.StatementWriter.Counterparty;
import ai.qenex.payments.iso20022.StatementWriter.Entry;
import ai.qenex.payments.iso20022.StatementWriter.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Says of an account's transfers what its owner wants to know: who, for what, under which reference. Asks in portions.
 */
final class StatementEntries implements Consumer<TransferPosted> {

  private static final int PORTION = 500;
  private static final int MAX_REMEMBERED = 10_000;
  /** Longest name of an account in ISO 20022. */
  private static final int MAX_ACCOUNT_NAME = 34;

  private final AccountNumber account;
  private final Accounts accounts;
  private final Transactions transactions;
  private final Consumer<Entry> receiver;
  private final List<TransferPosted> portion = new ArrayList<>(PORTION);
  private final Map<AccountNumber, Optional<Account>> others = new HashMap<>();

  StatementEntries(AccountNumber account, Accounts accounts, Transactions transactions, Consumer<Entry> receiver) {
    this.account = account;
    this.accounts = accounts;
    this.transactions = transactions;
    this.receiver = receiver;
  }

  @Override
  public void accept(TransferPosted transfer) {
    portion.add(transfer);
    if (portion.size() == PORTION) {
      flush();
    }
  }

  /** Passes on what is left. */
  void flush() {
    if (!portion.isEmpty()) {
      var payments = new HashMap<UUID, PaymentRow>();
      List<UUID> ids = portion.stream().map(TransferPosted::id).toList();
      transactions.run(connection -> new PaymentStore(connection, transactions.personal()).findAll(ids))
          .forEach(payment -> payments.put(payment.id(), payment));
      portion.forEach(transfer -> receiver.accept(entry(transfer, Optional.ofNullable(payments.get(transfer.id())))));
      portion.clear();
    }
  }

  private Entry entry(TransferPosted transfer, Optional<PaymentRow> payment) {
    boolean credit = transfer.credit().equals(account);
    AccountNumber otherNumber = credit ? transfer.debit() : transfer.credit();
    Optional<Counterparty> other = payment.map(row -> ofPayment(credit ? row.debtor() : row.creditor()))
        .or(() -> ofAccount(otherNumber));
    return new Entry(transfer.id(), transfer.seq(), transfer.amount(), credit, transfer.valueDate(),
        payment.map(row -> isInterbank(row) ? Kind.INTERBANK : Kind.BOOK).orElse(Kind.OTHER),
        payment.map(PaymentRow::endToEndId), other, payment.map(PaymentRow::remittance).orElse(transfer.reference()));
  }

  private static boolean isInterbank(PaymentRow row) {
    return row.status() == ai.qenex.payments.PaymentStatus.CLEARING
        || row.status() == ai.qenex.payments.PaymentStatus.SETTLED;
  }

  private static Counterparty ofPayment(PaymentRow.End end) {
    boolean fits = end.account().length() <= MAX_ACCOUNT_NAME;
    return new Counterparty(end.name(), fits ? end.account() : "", Iban.isValid(end.account()),
        end.agent().filter(Bic::isValid).map(Bic::new));
  }

  private Optional<Counterparty> ofAccount(AccountNumber number) {
    if (others.size() >= MAX_REMEMBERED) {
      others.clear();
    }
    return others.computeIfAbsent(number, accounts::find)
        .map(found -> new Counterparty(found.owner(), nameOf(found), found.iban().isPresent(), Optional.empty()));
  }

  /** IBAN, else the alias where ISO has room for it, else the id without hyphens. */
  static String nameOf(Account account) {
    return account.iban().map(Iban::value)
        .or(() -> account.alias().filter(alias -> alias.length() <= MAX_ACCOUNT_NAME))
        .orElseGet(() -> account.id().toString().replace("-", ""));
  }
}
