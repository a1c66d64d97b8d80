package ai.qenex.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code java -jar qenex-verifier.jar <log> <heads> <keys> [<number>:<tree root>]}
 *
 * <p>
 * The log is the answer of {@code /api/v1/ledger/log}, heads that of {@code /api/v1/ledger/seal/heads/all}, keys that
 * of {@code /api/v1/ledger/seal/keys}: get the keys from somebody you trust. The last argument is a head that was kept
 * elsewhere; without one nobody can tell whether the newest part of log and heads was cut off together.
 *
 * <p>
 * Exit code 0: every entry is what was sealed; 1: one is not, and it is named; 2: the files cannot be read.
 */
public final class VerifyLog {

  static final int VERIFIED = 0;
  static final int FOUND = 1;
  static final int UNREADABLE = 2;

  private VerifyLog() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out));
  }

  static int run(List<String> arguments, PrintStream out) {
    if (arguments.size() < 3 || arguments.size() > 4) {
      out.println("usage: java -jar qenex-verifier.jar <log> <heads> <keys> [<number>:<tree root of a head you kept>]");
      return UNREADABLE;
    }
    long start = System.nanoTime();
    try {
      var verification = new Verification(Path.of(arguments.get(0)), Path.of(arguments.get(1)),
          TrustedKeys.read(Path.of(arguments.get(2))));
      Optional<KeptHead> kept =
          arguments.size() == 4 ? Optional.of(KeptHead.parse(arguments.get(3))) : Optional.empty();
      Optional<String> finding = verification.run(kept);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.println(finding.map(what -> "NOT what was sealed: " + what).orElse("Verified: " + verification.summary()));
      out.printf(Locale.ROOT, "%,d entries read in %.1f s%n", verification.entries(), seconds);
      return finding.isPresent() ? FOUND : VERIFIED;
    } catch (IOException | IllegalArgumentException e) {
      out.println("Cannot verify: " + e.getMessage());
      return UNREADABLE;
    }
  }
}
