package ai.qenex.benchmark;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the benchmark is told by system properties; blank counts as absent.
 *
 * @param work folder for databases, made anew ({@code qenex.benchmark.work})
 * @param only {@code posting}, {@code http}, {@code seal}, {@code bulk}, {@code overload}, {@code security},
 * {@code crypto}, {@code history} or {@code pipeline}; empty: all but the last five ({@code qenex.benchmark.only})
 * @param duration of each measurement ({@code qenex.benchmark.seconds}, 15: long enough for several projections)
 * @param accounts how many accounts the posting benchmark moves money between ({@code qenex.benchmark.accounts},
 * 100,000)
 * @param manyAccounts how many in its last mode, zero to leave that out ({@code qenex.benchmark.many-accounts},
 * 1,000,000)
 * @param stored if not zero, the posting benchmark posts plain transfers until so many are stored, and nothing else
 * ({@code qenex.benchmark.stored})
 * @param rounds how often what is compared takes turns ({@code qenex.benchmark.rounds}, 3)
 * @param url a bank that is up, otherwise one is started ({@code qenex.benchmark.url})
 * @param databasePort for the database of the posting benchmark ({@code qenex.db.port}, 11543)
 * @param postings of the account that is paged through ({@code qenex.benchmark.postings}, 10,000,000)
 * @param restPostings the same over REST ({@code qenex.benchmark.rest-postings}, 1,000,000)
 */
record Settings(Path work, Optional<String> only, Duration duration, int rounds, Optional<URI> url, int databasePort,
    int accounts, int manyAccounts, long stored, long postings, long restPostings) {

  static Settings ofProcess() {
    return new Settings(Path.of(text("work").orElse("target/benchmark")), text("only"),
        Duration.ofSeconds(text("seconds").map(Long::parseLong).orElse(15L)),
        text("rounds").map(Integer::parseInt).orElse(3), text("url").map(URI::create),
        Integer.parseInt(System.getProperty("qenex.db.port", "11543")), number("accounts", 100_000),
        number("many-accounts", 1_000_000), number("stored", 0),
        text("postings").map(Long::parseLong).orElse(10_000_000L),
        text("rest-postings").map(Long::parseLong).orElse(1_000_000L));
  }

  private static int number(String name, int otherwise) {
    return text(name).map(Integer::parseInt).orElse(otherwise);
  }

  private static Optional<String> text(String name) {
    return Optional.ofNullable(System.getProperty("qenex.benchmark." + name)).filter(value -> !value.isBlank());
  }

  /** Whether it was asked for by name. */
  boolean wantsOnly(String what) {
    return only.isPresent() && only.get().equals(what);
  }

  boolean wants(String what) {
    return only.isEmpty() || only.get().equals(what);
  }
}
