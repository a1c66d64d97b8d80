package ai.qenex.payments.iso20022;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Account;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Writes a camt.053.001.08 as a stream: balances and sums first, then the entries. All amounts must fit ISO 20022. */
public final class StatementWriter implements AutoCloseable {

  /**
   * The head of a statement.
   *
   * @param id at most 35 characters
   * @param name what the account is called where it has no IBAN
   */
  public record Head(
      String id, Instant createdAt, Bic bank, Account account, String name, BusinessDate date, long sequence,
      Money opening, Totals totals) {}

  /** What the entries come to; both sums are zero or more. */
  public record Totals(long credits, Money creditSum, long debits, Money debitSum) {

    public Money net() {
      return creditSum.minus(debitSum);
    }

    public long count() {
      return credits + debits;
    }
  }

  /**
   * One entry.
   *
   * @param reference of the entry in the ledger
   * @param credit whether it raised the balance
   * @param counterparty who is at the other end, where known
   */
  public record Entry(
      UUID reference, long seq, Money amount, boolean credit, LocalDate valueDate, Kind kind,
      Optional<String> endToEndId, Optional<Counterparty> counterparty, Optional<String> remittance) {}

  /**
   * Who is at the other end.
   *
   * @param name of the party, may be empty
   * @param account IBAN or other name, may be empty
   */
  public record Counterparty(String name, String account, boolean iban, Optional<Bic> agent) {}

  /** What an entry is, for its bank transaction code. */
  public enum Kind {
    /** A payment between two customers of this bank. */
    BOOK("BOOK"),
    /** A SEPA-like payment to or from another bank. */
    INTERBANK("ESCT"),
    /** Any other transfer. */
    OTHER("OTHR");

    private final String subFamily;

    Kind(String subFamily) {
      this.subFamily = subFamily;
    }
  }

  private final XmlOut out;
  private final Head head;

  public StatementWriter(OutputStream target, Head head) {
    this.head = head;
    out = new XmlOut(target, Iso20022Message.CAMT_053_V08, "BkToCstmrStmt");
    out.open("GrpHdr").leaf("MsgId", head.id()).moment("CreDtTm", head.createdAt()).shut(1);
    out.open("Stmt").leaf("Id", head.id()).leaf("ElctrncSeqNb", Long.toString(head.sequence()))
        .moment("CreDtTm", head.createdAt());
    out.open("Acct");
    accountId(head.name(), head.account().iban().isPresent());
    out.leaf("Ccy", head.account().asset().code()).open("Ownr").leaf("Nm", head.account().owner()).shut(1)
        .open("Svcr", "FinInstnId").leaf("BICFI", head.bank().code()).shut(3);
    balance("OPBD", head.opening());
    balance("CLBD", head.opening().plus(head.totals().net()));
    Totals totals = head.totals();
    out.open("TxsSummry", "TtlNtries").leaf("NbOfNtries", Long.toString(totals.count())).shut(1);
    sum("TtlCdtNtries", totals.credits(), totals.creditSum());
    sum("TtlDbtNtries", totals.debits(), totals.debitSum());
    out.shut(1);
  }

  public void entry(Entry entry) {
    String reference = StatusReportWriter.compact(entry.reference());
    out.open("Ntry").leaf("NtryRef", Long.toString(entry.seq()));
    amount(entry.amount());
    out.leaf("CdtDbtInd", side(entry.credit())).open("Sts").leaf("Cd", "BOOK").shut(1);
    out.open("BookgDt").leaf("Dt", head.date().toString()).shut(1);
    out.open("ValDt").leaf("Dt", entry.valueDate().toString()).shut(1);
    out.leaf("AcctSvcrRef", reference);
    out.open("BkTxCd", "Domn").leaf("Cd", "PMNT").open("Fmly").leaf("Cd", entry.credit() ? "RCDT" : "ICDT")
        .leaf("SubFmlyCd", entry.kind().subFamily).shut(3);
    out.open("NtryDtls", "TxDtls", "Refs").leaf("AcctSvcrRef", reference);
    entry.endToEndId().ifPresent(id -> out.leaf("EndToEndId", id));
    out.shut(1);
    entry.counterparty().ifPresent(other -> counterparty(other, entry.credit()));
    entry.remittance().ifPresent(text -> out.open("RmtInf").leaf("Ustrd", text).shut(1));
    out.shut(3);
  }

  @Override
  public void close() {
    out.close();
  }

  private void counterparty(Counterparty other, boolean credit) {
    String role = credit ? "Dbtr" : "Cdtr";
    if (!other.name().isBlank() || !other.account().isEmpty()) {
      out.open("RltdPties");
      if (!other.name().isBlank()) {
        out.open(role, "Pty").leaf("Nm", other.name()).shut(2);
      }
      if (!other.account().isEmpty()) {
        out.open(role + "Acct");
        accountId(other.account(), other.iban());
        out.shut(1);
      }
      out.shut(1);
    }
    other.agent()
        .ifPresent(agent -> out.open("RltdAgts", role + "Agt", "FinInstnId").leaf("BICFI", agent.code()).shut(3));
  }

  private void accountId(String name, boolean iban) {
    out.open("Id");
    if (iban) {
      out.leaf("IBAN", name);
    } else {
      out.open("Othr").leaf("Id", name).shut(1);
    }
    out.shut(1);
  }

  private void balance(String type, Money value) {
    out.open("Bal", "Tp", "CdOrPrtry").leaf("Cd", type).shut(2);
    amount(new Money(value.amount().abs(), value.asset()));
    out.leaf("CdtDbtInd", side(!value.amount().isNegative())).open("Dt").leaf("Dt", head.date().toString()).shut(2);
  }

  private void sum(String name, long count, Money sum) {
    out.open(name).leaf("NbOfNtries", Long.toString(count)).leaf("Sum", sum.toDecimalString()).shut(1);
  }

  private void amount(Money money) {
    out.amount("Amt", money.asset().code(), money.toDecimalString());
  }

  private static String side(boolean credit) {
    return credit ? "CRDT" : "DBIT";
  }
}
