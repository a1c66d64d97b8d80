package ai.qenex.launcher.demo;

import static ai.qenex.launcher.demo.BankClient.Client.AUDITOR;
import static ai.qenex.launcher.demo.BankClient.Client.OPERATOR;

import ai.qenex.launcher.demo.DayReport.Expectation;
import ai.qenex.launcher.demo.DayReport.Step;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sample business day, from opening the accounts to the end-of-day report. Every order has an id made from its own
 * name, so a day that was cut short is played on by playing it again.
 */
public final class BusinessDay {

  static final String MISTAKES = "File with mistakes";
  private static final String SALARIES = "Salary file";
  private static final String DEFAULT_BIC = "QENXDEFF";

  private final BankClient bank;
  private final PrintStream console;
  private final Progress progress;
  private final OpenedAccounts accounts;
  private Optional<Path> files = Optional.empty();
  private final List<Step> steps = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();

  /** @param baseUrl of a bank that is ready, such as {@code http://localhost:8080} */
  public BusinessDay(URI baseUrl, PrintStream console) {
    this.bank = new BankClient(baseUrl);
    this.console = console;
    this.progress = new Progress(console, Progress.isTerminal());
    this.accounts = new OpenedAccounts(bank, SampleBank.read());
  }

  /** Tells the player where the bank writes its files, for the report. */
  public BusinessDay filesIn(Path folder) {
    files = Optional.of(folder);
    return this;
  }

  /** Plays another day at the bank whose base URL is the argument. */
  public static void main(String[] arguments) {
    try {
      new BusinessDay(URI.create(arguments.length > 0 ? arguments[0] : "http://localhost:8080"), System.out).playNext();
    } catch (DemoFaultException e) {
      System.err.println("The business day stopped: " + e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Plays the first business day of the bank, or goes on with it; if it has ended already, only prints its figures.
   *
   * @throws DemoFaultException if the bank answers what it should not
   */
  public void play() {
    understanding(() -> {
      OrderIds ids = accounts.ids();
      Optional<LocalDate> first = firstDay(ids);
      BusinessDates now = businessDates();
      if (first.isEmpty() || first.get().equals(now.current())) {
        play(ids, now.current());
      } else if (first.get().isBefore(now.oldestOpen())) {
        console.println(ReportText.of(report(first.get())));
      } else {
        end(first.get());
      }
    });
  }

  /** Plays the current business day, whichever it is. @throws DemoFaultException as {@link #play} */
  public void playNext() {
    understanding(() -> play(accounts.ids(), businessDates().current()));
  }

  /** An answer without the date, id or number that it should have is a fault of the day, not of the launcher. */
  private static void understanding(Runnable day) {
    try {
      day.run();
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new DemoFaultException("the bank answered something that the player does not understand: " + e, e);
    }
  }

  private void play(OrderIds ids, LocalDate date) {
    console.println("Playing the business day " + date + " of the QENEX Demo Bank");
    int count = SampleBank.read().accounts().size();
    progress.start("Opening accounts", count);
    accounts.open(progress);
    int deposits = accounts.payIn(ids);
    accounts.bar();
    progress.finish(count + " accounts, " + deposits + " deposits");
    PaymentSteps payments = new PaymentSteps(bank, ids, date);
    sendSingles(payments);
    sendFiles(payments, date);
    CardPurchases purchases = CardPurchases.read();
    progress.start("Card purchases", purchases.count());
    close(new CardStep(bank, ids, date).send(purchases, progress));
    end(date);
  }

  private void end(LocalDate date) {
    new EndOfDay(bank).run(date, progress);
    progress.finish("day " + date + " is closed, " + businessDates().current() + " is open");
    console.println(ReportText.of(report(date)));
  }

  private void sendSingles(PaymentSteps payments) {
    progress.start("Transfers one by one", PaymentSteps.orders("payments/transfers.json").size());
    close(payments.sendTransfers("Transfers one by one", expectations::add, progress));
    progress.start("Payments from other banks", PaymentSteps.orders("payments/incoming.json").size());
    close(payments.sendPayments("Payments from other banks", "payments/incoming.json", progress));
    progress.start("Between other banks", PaymentSteps.orders("payments/obligations.json").size());
    close(payments.recordObligations("Between other banks", progress));
    progress.start("Payments to other banks", PaymentSteps.orders("payments/outgoing.json").size());
    close(payments.sendPayments("Payments to other banks", "payments/outgoing.json", progress));
  }

  private void sendFiles(PaymentSteps payments, LocalDate date) {
    String bic = Optional.ofNullable(System.getProperty("qenex.bank.bic"))
        .or(() -> Optional.ofNullable(System.getenv("QENEX_BANK_BIC"))).orElse(DEFAULT_BIC);
    SalaryFile salaries = SalaryFile.read();
    progress.start(SALARIES, salaries.employees().size());
    StatusReport paid = payments.sendFile(salaries.document(date, bic, accounts::iban), progress);
    close(PaymentSteps.tally(SALARIES, paid, salaries.employees().size()));

    MistakesFile file = MistakesFile.read(new MistakesFile.Values(date, bic, accounts::iban));
    progress.start(MISTAKES, file.expected().size());
    StatusReport judged = payments.sendFile(file.document().getBytes(StandardCharsets.UTF_8), progress);
    expectations.addAll(file.compare(judged));
    close(PaymentSteps.tally(MISTAKES, judged, file.expected().size()));
  }

  private void close(Tally tally) {
    steps.add(Step.of(tally, progress.finish(tally.accepted() + " accepted, " + tally.refused() + " refused")));
  }

  private DayReport report(LocalDate date) {
    JsonNode cycles = bank.get(AUDITOR, "/api/v1/settlement/cycles?businessDate=" + date).expected().json();
    JsonNode executions = bank.get(AUDITOR, "/api/v1/jobs/end-of-day/executions?limit=100").expected().json();
    JsonNode check = bank.get(AUDITOR, "/api/v1/ledger/check").expected().json();
    return new DayReport(bank.base(), date, files, steps, expectations, DayFigures.cycles(cycles),
        DayFigures.books(check),
        DayFigures.output(date, executions, cycles));
  }

  /** The day the sample bank began, by its first deposit; empty at a bank where nothing was played. */
  private Optional<LocalDate> firstDay(OrderIds ids) {
    BankClient.Answer deposit = bank.get(OPERATOR, "/api/v1/transfers/" + accounts.firstDepositId(ids));
    return deposit.status() == BankClient.NOT_FOUND ? Optional.empty()
        : Optional.of(LocalDate.parse(deposit.expected().json().path("businessDate").asText()));
  }

  /** The day that is booked into, and the oldest one that is: an earlier one while its end is under way. */
  private record BusinessDates(LocalDate current, LocalDate oldestOpen) {}

  private BusinessDates businessDates() {
    JsonNode days = bank.get(OPERATOR, "/api/v1/business-date").expected().json();
    return new BusinessDates(LocalDate.parse(days.path("current").asText()),
        LocalDate.parse(days.path("open").path(0).asText()));
  }
}
