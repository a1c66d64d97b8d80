package ai.qenex.payments.service;

import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.settlement.ClearingCycles;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/** Puts together what the beans of this context work with; for each bean its own, as some of it is for one thread. */
final class Workshop {

  private final Transactions transactions;
  private final Neighbours neighbours;
  private final PaymentsConfig config;
  private final FileIntake.Origins origins;

  /** The other contexts. */
  record Neighbours(Accounts accounts, LedgerHistory history, Ledger ledger, BusinessDays days,
      ClearingCycles cycles) {}

  Workshop(Transactions transactions, Neighbours neighbours, PaymentsConfig config, FileIntake.Origins origins) {
    this.transactions = transactions;
    this.neighbours = neighbours;
    this.config = config;
    this.origins = origins;
  }

  static FileIntake.Origins systemOrigins() {
    InstantSource clock = InstantSource.system();
    return new FileIntake.Origins(new UuidV7(clock, new java.security.SecureRandom()), clock);
  }

  FileIntake intake() {
    return new FileIntake(transactions, neighbours.days(), config, origins);
  }

  /** @param threads for booking beside judging */
  FileProcessing processing(ThreadFactory threads) {
    return new FileProcessing(transactions, booking(), bench(), threads);
  }

  SinglePayments singles() {
    return new SinglePayments(transactions, booking(), neighbours.days(), bench());
  }

  Booking booking() {
    return new Booking(transactions, neighbours.ledger(), neighbours.cycles(),
        new Booking.Own(config.bank().bic(), origins.clock()));
  }

  StatusReports reports() {
    return new StatusReports(transactions, config.bank().bic());
  }

  StatementDrawing statements() {
    return new StatementDrawing(transactions,
        new StatementDrawing.Books(neighbours.accounts(), neighbours.history(), neighbours.days()), config.bank().bic(),
        config.files());
  }

  private FileJudge.Bench bench() {
    var clearing = new ClearingAccounts(neighbours.accounts(), neighbours.ledger(), origins.ids(), config.bank().bic());
    return new FileJudge.Bench(config.bank(), neighbours.accounts(), new PaymentDrafts(clearing), origins.clock());
  }
}
