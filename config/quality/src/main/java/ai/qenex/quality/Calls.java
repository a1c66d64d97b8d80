package ai.qenex.quality;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names calls and fields as one would write them, {@code java.time.Instant.now()}, with {@code *} for anything. */
final class Calls {

  private Calls() {}

  /** Matches a call, a method reference or a field access; constructors are called {@code <init>}. */
  static DescribedPredicate<JavaAccess<?>> to(String... patterns) {
    Pattern any = Pattern.compile(Stream.of(patterns).map(Calls::regex).collect(Collectors.joining("|")));
    return DescribedPredicate.describe("is " + String.join(" or ", patterns),
        access -> any.matcher(signature(access.getTarget())).matches());
  }

  private static String regex(String pattern) {
    return Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
  }

  private static String signature(AccessTarget target) {
    String name = target.getOwner().getFullName() + "." + target.getName();
    return target instanceof CodeUnitAccessTarget unit
        ? name + unit.getRawParameterTypes().stream().map(type -> type.getFullName())
            .collect(Collectors.joining(", ", "(", ")"))
        : name;
  }
}
