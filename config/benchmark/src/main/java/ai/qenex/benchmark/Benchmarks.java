package ai.qenex.benchmark;

import java.io.PrintStream;

/** The program behind {@code mvn -Pbenchmark verify -pl config/benchmark -am}. */
public final class Benchmarks {

  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.ofProcess();
    PrintStream out = System.out;
    out.println("\n" + Machine.state() + "\n");
    if (settings.wants("posting")) {
      new PostingBenchmark(settings, out).run();
    }
    if (settings.wantsOnly("pipeline")) {
      new PipelineBenchmark(settings, out).run();
    }
    if (settings.wants("seal")) {
      new SealBenchmark(settings, out).run();
    }
    if (settings.wants("http") || settings.wants("bulk")) {
      new HttpBenchmark(settings, out).run();
    }
    if (settings.wantsOnly("overload")) {
      new OverloadBenchmark(settings, out).run();
    }
    if (settings.wantsOnly("security")) {
      new SecurityBenchmark(settings, out).run();
    }
    if (settings.wantsOnly("crypto")) {
      new CryptoBenchmark(out).run();
    }
    if (settings.wantsOnly("history")) {
      new HistoryBenchmark(settings, out).run();
    }
    System.exit(0);
  }
}
