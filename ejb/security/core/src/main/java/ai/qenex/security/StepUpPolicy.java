package ai.qenex.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.QenexException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * When a person has to prove anew who he is. In memory and pure, since every transfer asks it.
 *
 * @param amounts by asset code the highest amount that needs no proof; {@code *} for every other asset, absent: no
 * limit
 * @param newPayee whether the first transfer or payment of a person to a payee needs a proof
 * @param roles whose people need a proof for everything that can ask for one
 * @param kinds what needs a proof always
 * @param machines whether programs are asked as well; they are not people, and sign their requests instead
 */
public record StepUpPolicy(
    Map<String, BigDecimal> amounts,
    boolean newPayee,
    Set<String> roles,
    Set<StepUpKind> kinds,
    boolean machines) {

  /** Prefix of the properties. */
  public static final String PROPERTY = "qenex.step-up.";
  private static final String DEFAULT_AMOUNTS = "EUR=10000,USD=10000,GBP=10000,JPY=1500000,*=10000";
  private static final String DEFAULT_KINDS = "limit-change,payment-file,compound";
  private static final String OTHERS = "*";

  public StepUpPolicy {
    amounts = Map.copyOf(amounts);
    roles = Set.copyOf(roles);
    kinds = Set.copyOf(kinds);
  }

  /**
   * The policy of the properties {@code qenex.step-up.*}; an absent one reads empty.
   *
   * @throws QenexException {@link ErrorCode#INVALID_CONFIGURATION} naming the property
   */
  public static StepUpPolicy of(UnaryOperator<String> property) {
    Map<String, BigDecimal> amounts = new HashMap<>();
    for (String entry : list(property, "amounts", DEFAULT_AMOUNTS)) {
      String[] pair = entry.split("=", -1);
      if (pair.length != 2 || pair[0].isBlank()) {
        throw wrong("amounts", "asset=amount pairs such as EUR=10000");
      }
      amounts.put(pair[0].strip(), amount(pair[1].strip()));
    }
    Set<StepUpKind> kinds = new HashSet<>();
    for (String kind : list(property, "operations", DEFAULT_KINDS)) {
      kinds.add(StepUpKind.of(kind)
          .orElseThrow(() -> wrong("operations", "names of " + Arrays.stream(StepUpKind.values())
              .map(StepUpKind::text).toList() + " or none")));
    }
    Set<String> roles = new HashSet<>(list(property, "roles", ""));
    if (!Roles.GRANTABLE.containsAll(roles)) {
      throw wrong("roles", "roles of " + Roles.GRANTABLE);
    }
    return new StepUpPolicy(amounts, flag(property, "new-payee"), roles, kinds, flag(property, "machines"));
  }

  /** Whether anything is asked of that caller at all. */
  public boolean concerns(StepUpCaller caller) {
    return machines || !caller.machine();
  }

  /** Whether that caller needs a proof for it, as far as that shows without knowing whom he has paid before. */
  public boolean asks(StepUpCaller caller, StepUpKind kind) {
    return concerns(caller) && (kinds.contains(kind) || kind == StepUpKind.FACTOR_CHANGE
        || caller.roles().stream().anyMatch(roles::contains));
  }

  /** As {@link #asks(StepUpCaller, StepUpKind)}, and for more than the asset's limit. */
  public boolean asks(StepUpCaller caller, StepUpKind kind, Money amount) {
    return concerns(caller) && (asks(caller, kind) || isOver(amount));
  }

  private boolean isOver(Money money) {
    BigDecimal limit = amounts.getOrDefault(money.asset().code(), amounts.get(OTHERS));
    return limit != null
        && new BigDecimal(money.amount().toBigInteger(), money.asset().scale()).compareTo(limit) > 0;
  }

  private static BigDecimal amount(String text) {
    if (!text.matches("[0-9]{1,20}(\\.[0-9]{1,18})?")) {
      throw wrong("amounts", "asset=amount pairs such as EUR=10000");
    }
    return new BigDecimal(text);
  }

  /** {@code none} is an empty list, which an absent property is not. */
  private static List<String> list(UnaryOperator<String> property, String name, String absent) {
    String text = property.apply(PROPERTY + name);
    return Arrays.stream((text.isBlank() ? absent : text).split(",")).map(String::strip)
        .filter(entry -> !entry.isEmpty() && !entry.equals("none")).toList();
  }

  private static boolean flag(UnaryOperator<String> property, String name) {
    String text = property.apply(PROPERTY + name);
    if (!text.isBlank() && !text.equals("true") && !text.equals("false")) {
      throw wrong(name, "true or false");
    }
    return text.equals("true");
  }

  private static QenexException wrong(String name, String right) {
    return new QenexException(ErrorCode.INVALID_CONFIGURATION, PROPERTY + name + " must be " + right);
  }
}
