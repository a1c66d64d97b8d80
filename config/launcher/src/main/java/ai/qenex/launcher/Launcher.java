package ai.qenex.launcher;

import ai.qenex.launcher.demo.BusinessDay;
import ai.qenex.launcher.demo.DemoFaultException;
import java.io.PrintStream;
import java.time.Duration;

/** The program behind {@code mvn -Prun install}: one bank, from nothing to "ready" and on until it is told to stop. */
public final class Launcher {

  private static final int REFUSED = 1;

  private final PrintStream out;

  private Launcher(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Launcher launcher = new Launcher(System.out);
    try {
      System.exit(launcher.run(LaunchSettings.ofProcess()));
    } catch (LaunchRefusedException refusal) {
      System.err.println("QENEX does not start: " + refusal.getMessage());
      System.exit(REFUSED);
    }
  }

  private int run(LaunchSettings settings) throws InterruptedException {
    long started = System.nanoTime();
    LocalBank bank = LocalBank.prepare(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bank), "stop"));
    say("data folder " + settings.data());
    bank.open(this::say);
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    say("started in " + took.toSeconds() + "." + took.toMillisPart() / 100 + " s; logs in "
        + settings.data().resolve("log"));
    out.println("QENEX is ready: " + bank.baseUrl());
    if (settings.demo()) {
      playBusinessDay(bank);
    }
    return bank.server().awaitExit();
  }

  /** A day that goes wrong is told, but the bank stays up: whoever wants to know why needs it running. */
  private void playBusinessDay(LocalBank bank) {
    try {
      new BusinessDay(bank.baseUrl(), out).filesIn(bank.files()).play();
    } catch (DemoFaultException fault) {
      say("the sample business day stopped: " + fault.getMessage());
    }
  }

  private void stop(LocalBank bank) {
    say("stopping");
    bank.close();
    say("stopped; all data is kept in " + bank.settings().data());
  }

  private void say(String line) {
    out.println("qenex: " + line);
  }
}
