package ai.qenex.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code java -jar qenex-verifier.jar [audit] <log> <heads> <keys> [<number>:<tree root>]}
 *
 * <p>
 * The log is the answer of {@code /api/v1/ledger/log}, heads that of {@code /api/v1/ledger/seal/heads/all}, keys that
 * of {@code /api/v1/ledger/seal/keys}: get the keys from somebody you trust. The last argument is a head that was kept
 * elsewhere; without one nobody can tell whether the newest part of log and heads was cut off together.
 *
 * <p>
 * With {@code audit} it is the audit log: the answers of {@code /api/v1/audit/export}, {@code …/heads/all} (or the
 * copies of heads outside the database, one file after the other) and {@code …/heads/keys}.
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

  /** Something that can be run over files. */
  private interface Pass {
    Optional<String> run(Optional<KeptHead> kept) throws IOException;
  }

  static int run(List<String> given, PrintStream out) {
    boolean isAudit = !given.isEmpty() && given.get(0).equals("audit");
    List<String> arguments = given.subList(isAudit ? 1 : 0, given.size());
    if (arguments.size() < 3 || arguments.size() > 4) {
      out.println("usage: java -jar qenex-verifier.jar [audit] <log> <heads> <keys>"
          + " [<number>:<tree root of a head you kept>]");
      return UNREADABLE;
    }
    long start = System.nanoTime();
    try {
      Path log = Path.of(arguments.get(0));
      Path heads = Path.of(arguments.get(1));
      TrustedKeys keys = TrustedKeys.read(Path.of(arguments.get(2)));
      var verification = new Verification(log, heads, keys);
      var audited = new AuditedFiles(log, heads, keys);
      Pass pass = isAudit ? audited::run : verification::run;
      Optional<KeptHead> kept =
          arguments.size() == 4 ? Optional.of(KeptHead.parse(arguments.get(3))) : Optional.empty();
      Optional<String> finding = pass.run(kept);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.println(finding.map(what -> "NOT what was sealed: " + what)
          .orElseGet(() -> "Verified: " + (isAudit ? audited.summary() : verification.summary())));
      out.printf(Locale.ROOT, "%,d entries read in %.1f s%n", isAudit ? audited.lines() : verification.entries(),
          seconds);
      return finding.isPresent() ? FOUND : VERIFIED;
    } catch (IOException | IllegalArgumentException e) {
      out.println("Cannot verify: " + e.getMessage());
      return UNREADABLE;
    }
  }
}
