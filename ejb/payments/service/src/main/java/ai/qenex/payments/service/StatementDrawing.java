package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Account;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.payments.iso20022.DocumentWriteException;
import ai.qenex.payments.iso20022.StatementWriter;
import ai.qenex.payments.iso20022.StatementWriter.Head;
import ai.qenex.payments.iso20022.StatusReportWriter;
import ai.qenex.payments.rules.OrderRules;
import ai.qenex.payments.service.ReceivedDocument.FastGzip;
import ai.qenex.payments.service.StatementStore.StatementRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Draws the statement of an account and a business day: the figures, and the camt.053 if they fit one. Balances are
 * those of the business day, not of the moment: opening is the closing of the statement before, closing is opening plus
 * the day's entries.
 */
final class StatementDrawing {

  private static final int BUFFER_BYTES = 1 << 16;

  private final Transactions transactions;
  private final Books books;
  private final Bic bank;
  private final Path files;

  /** What the ledger tells. */
  record Books(Accounts accounts, LedgerHistory history, BusinessDays days) {}

  StatementDrawing(Transactions transactions, Books books, Bic bank, Path files) {
    this.transactions = transactions;
    this.books = books;
    this.bank = bank;
    this.files = files;
  }

  /**
   * See {@link ai.qenex.payments.Statements#draw}.
   *
   * @throws QenexException {@code CONFLICTING_STATE} before the day's cut-off, or if the account has a statement of a
   * later day
   */
  void draw(BusinessDate date, AccountNumber number) {
    Optional<StatementRow> known = find(date, number);
    if (known.isPresent()) {
      restore(known.get());
      return;
    }
    Account account = books.accounts().find(number)
        .orElseThrow(() -> new QenexException(ErrorCode.NOT_FOUND, "there is no account " + number));
    Instant cutOff = books.days().cutOffOf(date)
        .orElseThrow(() -> new QenexException(ErrorCode.CONFLICTING_STATE, date + " has not been cut off"));
    var sums = new StatementSums(number, account.asset());
    books.history().transfersOn(date, number, sums);
    StatementRow row = figures(date, account, sums);
    if (!row.document()) {
      transactions.run(connection -> new StatementStore(connection).insert(row));
      return;
    }
    var head = new Head(documentId(account, date), cutOff, bank, account, StatementEntries.nameOf(account), date,
        row.sequence(), row.opening(), sums.totals());
    write(row, head);
  }

  private StatementRow figures(BusinessDate date, Account account, StatementSums sums) {
    return transactions.run(connection -> {
      var store = new StatementStore(connection);
      if (store.after(date, account.number()).isPresent()) {
        throw new QenexException(ErrorCode.CONFLICTING_STATE,
            "account " + account.number() + " has a statement of a day after " + date);
      }
      Optional<StatementRow> before = store.before(date, account.number());
      Money opening = before.map(StatementRow::closing).orElse(new Money(Amount.ZERO, account.asset()));
      Money closing = sums.closing(opening);
      boolean fits = sums.fitIso() && OrderRules.fitsIso(opening) && OrderRules.fitsIso(closing);
      return new StatementRow(account.number(), date, before.map(StatementRow::sequence).orElse(0L) + 1, opening,
          closing, Math.toIntExact(sums.count()), fileName(account), fits);
    });
  }

  private void write(StatementRow row, Head head) {
    Path file = file(row);
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    Path packed = file.resolveSibling("." + file.getFileName() + ".gz.unfinished");
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream plain = new java.io.BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES);
          OutputStream zip = new FastGzip(Files.newOutputStream(packed))) {
        compose(row, head, new DoubleStream(plain, zip));
      }
      transactions.run(connection -> {
        if (new StatementStore(connection).insert(row)) {
          DocumentParts.ofStatements().store(connection, transactions.personal(), packed, row.account().value(),
              row.date().date());
        }
        return row;
      });
      putInPlace(unfinished, file);
      Files.deleteIfExists(packed);
    } catch (IOException | DocumentWriteException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "cannot write " + file, e);
    }
  }

  private void compose(StatementRow row, Head head, OutputStream target) {
    try (var writer = new StatementWriter(target, head)) {
      var entries = new StatementEntries(row.account(), books.accounts(), transactions, writer::entry);
      books.history().transfersOn(row.date(), row.account(), entries);
      entries.flush();
    }
  }

  /** Writes the file of a stored statement again if it is not there. */
  private void restore(StatementRow row) {
    Path file = file(row);
    if (!row.document() || Files.exists(file)) {
      return;
    }
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".unfinished");
    try (InputStream stored = document(row)) {
      Files.createDirectories(file.getParent());
      Files.copy(stored, unfinished, StandardCopyOption.REPLACE_EXISTING);
      putInPlace(unfinished, file);
    } catch (IOException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "cannot write " + file, e);
    }
  }

  /** The bytes are on the disk before the name is: a file that is there is whole, whenever the power fails. */
  private static void putInPlace(Path unfinished, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Optional<StatementRow> find(BusinessDate date, AccountNumber account) {
    return transactions.run(connection -> new StatementStore(connection).find(date, account));
  }

  /** The stored camt.053. */
  Optional<byte[]> camt053(BusinessDate date, AccountNumber account) {
    return find(date, account).filter(StatementRow::document).map(row -> {
      try (InputStream stored = document(row)) {
        return stored.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("the statement of account " + account + " and " + date + " is damaged", e);
      }
    });
  }

  private InputStream document(StatementRow row) throws IOException {
    return new GZIPInputStream(
        DocumentParts.ofStatements().open(transactions, row.account().value(), row.date().date()),
        BUFFER_BYTES);
  }

  private Path file(StatementRow row) {
    return files.resolve(row.date().toString()).resolve("camt.053").resolve(row.name() + ".xml");
  }

  /**
   * The IBAN, else the alias and the number, else the id. Aliases may have colons, which not every file system takes;
   * the number keeps two apart that differ in nothing else.
   */
  private static String fileName(Account account) {
    return account.iban().map(Object::toString)
        .or(() -> account.alias().map(alias -> alias.replace(':', '_') + '-' + account.number().value()))
        .orElseGet(() -> account.id().toString());
  }

  private static String documentId(Account account, BusinessDate date) {
    return StatusReportWriter.compact(UuidV7.derived(account.id(), "camt.053 " + date));
  }

  /** Writes everything to two targets. */
  private static final class DoubleStream extends OutputStream {

    private final OutputStream first;
    private final OutputStream second;

    DoubleStream(OutputStream first, OutputStream second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public void write(int b) throws IOException {
      first.write(b);
      second.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      first.write(bytes, offset, length);
      second.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      first.flush();
      second.flush();
    }
  }
}
