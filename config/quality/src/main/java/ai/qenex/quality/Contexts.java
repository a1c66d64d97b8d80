package ai.qenex.quality;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The bounded contexts and their order. A class belongs to the context that its package names after {@code ai.qenex};
 * {@code ai.qenex.connector.<system>} is a context of its own per system.
 */
final class Contexts {

  private static final String ROOT = "ai.qenex.";
  private static final String CONNECTOR = "connector";

  private static final Set<String> KERNEL = Set.of("kernel");
  private static final Set<String> TO_SECURITY = plus(KERNEL, "security");
  private static final Set<String> TO_LEDGER = plus(TO_SECURITY, "ledger", CONNECTOR);
  private static final Set<String> ALL =
      plus(TO_LEDGER, "accruals", "settlement", "compliance", "risk", "payments", "chain", "defi");

  /** What each context may see of others. */
  private static final Map<String, Set<String>> MAY_SEE = Map.ofEntries(
      Map.entry("kernel", Set.of()),
      Map.entry(CONNECTOR, KERNEL),
      Map.entry("security", KERNEL),
      Map.entry("ledger", TO_SECURITY),
      Map.entry("accruals", TO_LEDGER),
      Map.entry("settlement", TO_LEDGER),
      Map.entry("compliance", TO_LEDGER),
      Map.entry("risk", TO_LEDGER),
      Map.entry("payments", plus(TO_LEDGER, "accruals", "settlement", "compliance", "risk")),
      Map.entry("chain", TO_LEDGER),
      Map.entry("defi", plus(TO_LEDGER, "chain")),
      Map.entry("batch", ALL),
      Map.entry("web", plus(ALL, "batch")),
      Map.entry("launcher", ALL),
      Map.entry("verifier", TO_LEDGER),
      Map.entry("systemtest", ALL),
      Map.entry("benchmark", plus(ALL, "batch", "web", "launcher")),
      Map.entry("quality", Set.of()));

  /** Parts that do not decide anything and may therefore touch a server, a clock and a console. */
  private static final Set<String> EDGES =
      Set.of("service", "web", "batch", "launcher", "verifier", "benchmark", "systemtest", "quality", CONNECTOR);

  private Contexts() {}

  static Optional<String> of(JavaClass type) {
    String name = type.getPackageName() + ".";
    if (!name.startsWith(ROOT)) {
      return Optional.empty();
    }
    String[] parts = name.substring(ROOT.length()).split("\\.");
    return Optional.of(parts[0].equals(CONNECTOR) && parts.length > 1 ? parts[0] + "." + parts[1] : parts[0]);
  }

  static boolean isKnown(String context) {
    return MAY_SEE.containsKey(first(context));
  }

  static boolean maySee(String context, String other) {
    return MAY_SEE.getOrDefault(first(context), Set.of()).contains(first(other));
  }

  /** Another context is met at this package and nowhere deeper. */
  static String basePackage(String context) {
    return ROOT + context;
  }

  static DescribedPredicate<JavaClass> in(String... contexts) {
    Set<String> wanted = Set.of(contexts);
    return DescribedPredicate.describe("in " + String.join(", ", contexts),
        type -> of(type).filter(wanted::contains).isPresent());
  }

  static DescribedPredicate<JavaClass> core() {
    return DescribedPredicate.describe("in a core", type -> of(type).isPresent() && !hasEdge(type));
  }

  /**
   * Who may call cryptographic primitives: the package that holds them all; the embedded issuer's RSA key, which only
   * signs development tokens; and the hardware token, which is a provider of its own.
   */
  static DescribedPredicate<JavaClass> primitives() {
    return DescribedPredicate.describe("hold cryptographic primitives",
        type -> type.getPackageName().equals("ai.qenex.security.crypto")
            || type.getFullName().equals("ai.qenex.security.service.SigningKey")
            || type.getFullName().equals("ai.qenex.security.service.keys.Pkcs11Token"));
  }

  static DescribedPredicate<JavaClass> moneyCore() {
    return core().and(in("kernel", "ledger", "accruals", "settlement", "payments", "chain", "defi"))
        .as("that count money");
  }

  private static boolean hasEdge(JavaClass type) {
    return Stream.of(type.getPackageName().split("\\.")).anyMatch(EDGES::contains);
  }

  private static String first(String context) {
    return context.split("\\.")[0];
  }

  private static Set<String> plus(Set<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).collect(toUnmodifiableSet());
  }
}
