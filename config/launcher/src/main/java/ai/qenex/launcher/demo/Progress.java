package ai.qenex.launcher.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tells how far a step of the day is: on a terminal a bar that moves, elsewhere a bar that grows character by
 * character, so that it reads well in a file too. One step at a time; {@link #advance} may be called from several
 * threads.
 */
final class Progress {

  private static final int WIDTH = 30;
  private static final int LABEL = 34;

  private final PrintStream out;
  private final boolean terminal;
  private String label = "";
  private long total = 1;
  private long done;
  private int drawn;
  private long startedNanos;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Whether somebody sees the output at once. Newer Java answers a console for a pipe too, and tells them apart by a
   * method of its own.
   */
  static boolean isTerminal() {
    if (System.console() == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(System.console());
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  synchronized void start(String step, long items) {
    label = step;
    total = Math.max(1, items);
    done = 0;
    drawn = 0;
    startedNanos = System.nanoTime();
    if (!terminal) {
      out.print(head());
    }
    draw();
  }

  synchronized void advance(long items) {
    reach(done + items);
  }

  synchronized void reach(long items) {
    done = Math.min(total, Math.max(done, items));
    draw();
  }

  /** Ends the step with a bar that is full and a word on what came of it; answers how long the step took. */
  synchronized Duration finish(String result) {
    reach(total);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    String seconds = String.format(Locale.ROOT, "%6.1f s  ", millis / 1000.0);
    out.println((terminal ? "\r" + head() + bar(WIDTH) : "") + seconds + result);
    out.flush();
    return Duration.ofMillis(millis);
  }

  private void draw() {
    int cells = (int) (done * WIDTH / total);
    if (terminal) {
      out.print("\r" + head() + bar(cells) + String.format(Locale.ROOT, "%4d %%", done * 100 / total));
    } else {
      out.print("=".repeat(cells - drawn));
    }
    drawn = cells;
    out.flush();
  }

  private String head() {
    return String.format(Locale.ROOT, "  %-" + LABEL + "s", label);
  }

  private String bar(int cells) {
    return "=".repeat(cells) + " ".repeat(WIDTH - cells);
  }
}
