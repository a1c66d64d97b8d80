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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
    OrderIds ids = accounts.ids();
    Optional<LocalDate> first = firstDay(ids);
    if (first.isPresent() && first.get().isBefore(oldestOpenDay())) {
      console.println(ReportText.of(report(first.get(), OptionalLong.empty())));
    } else {
      play(ids, first.orElseGet(this::currentDay));
    }
  }

  /** Plays the current business day, whichever it is. @throws DemoFaultException as {@link #play} */
  public void playNext() {
    play(accounts.ids(), currentDay());
  }

  private void play(OrderIds ids, LocalDate date) {
    console.println("Playing the business day " + date + " of the QENEX Demo Bank");
    progress.start("Opening accounts", SampleBank.read().accounts().size());
    accounts.open(progress);
    int deposits = accounts.payIn(ids);
    accounts.bar();
    progress.finish(SampleBank.read().accounts().size() + " accounts, " + deposits + " deposits");
    PaymentSteps payments = new PaymentSteps(bank, ids, date);
    sendSingles(payments);
    sendFiles(payments, date);
    CardPurchases purchases = CardPurchases.read();
    progress.start("Card purchases", purchases.count());
    close(new CardStep(bank, ids, date).send(purchases, progress));
    long statements = new EndOfDay(bank).run(date, progress);
    progress.finish("day " + date + " is closed, " + currentDay() + " is open");
    console.println(ReportText.of(report(date, OptionalLong.of(statements))));
  }

  private void sendSingles(PaymentSteps payments) {
    progress.start("Transfers one by one", PaymentSteps.orders("payments/transfers.json").size());
    close(payments.sendTransfers("Transfers one by one", expectations::add, progress));
    progress.start("Payments from other banks", PaymentSteps.orders("payments/incoming.json").size());
    close(payments.sendPayments("Payments from other banks", "payments/incoming.json", progress));
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

  private DayReport report(LocalDate date, OptionalLong statements) {
    JsonNode cycles = bank.get(AUDITOR, "/api/v1/settlement/cycles?businessDate=" + date).expected().json();
    JsonNode check = bank.get(AUDITOR, "/api/v1/ledger/check").expected().json();
    return new DayReport(bank.base(), date, files, steps, expectations, DayFigures.cycles(cycles),
        DayFigures.books(check),
        DayFigures.output(statements, cycles));
  }

  /** The day the sample bank began, by its first deposit; empty at a bank where nothing was played. */
  private Optional<LocalDate> firstDay(OrderIds ids) {
    BankClient.Answer deposit = bank.get(OPERATOR, "/api/v1/transfers/" + accounts.firstDepositId(ids));
    return deposit.status() == BankClient.NOT_FOUND ? Optional.empty()
        : Optional.of(LocalDate.parse(deposit.expected().json().path("businessDate").asText()));
  }

  private LocalDate currentDay() {
    return LocalDate.parse(businessDays().path("current").asText());
  }

  private LocalDate oldestOpenDay() {
    return LocalDate.parse(businessDays().path("open").path(0).asText());
  }

  private JsonNode businessDays() {
    return bank.get(OPERATOR, "/api/v1/business-date").expected().json();
  }
}
