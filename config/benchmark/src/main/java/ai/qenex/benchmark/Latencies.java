package ai.qenex.benchmark;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How long things took, from many threads. */
final class Latencies {

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Histogram histogram = new ConcurrentHistogram(LONGEST_NANOS, 3);

  void add(long nanos) {
    histogram.recordValue(Math.min(nanos, LONGEST_NANOS));
  }

  void addAll(Latencies others) {
    histogram.add(others.histogram);
  }

  long count() {
    return histogram.getTotalCount();
  }

  double millisAt(double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }

  /** {@code p50 / p99 / max} in milliseconds. */
  @Override
  public String toString() {
    return count() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f / %.2f / %.1f", millisAt(50), millisAt(99), histogram.getMaxValue() / 1e6);
  }
}
