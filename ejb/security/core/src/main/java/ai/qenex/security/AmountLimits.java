package ai.qenex.security;

import ai.qenex.kernel.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The most that somebody may move or approve at a time, per asset. An asset that is not named has the limit of
 * {@code *}, and none of anything where that is not named either: who gives limits gives all of them.
 *
 * @param most by asset code or {@code *}, in the asset's units; empty: no limits were given
 */
public record AmountLimits(Map<String, BigDecimal> most) {

  /** Nobody said anything about limits. */
  public static final AmountLimits NONE = new AmountLimits(Map.of());

  private static final String OTHERS = "*";
  private static final int MOST_ENTRIES = 50;
  private static final Pattern ENTRY =
      Pattern.compile("([A-Z][A-Z0-9]{1,11}|\\*)=([0-9]{1,38}(?:\\.[0-9]{1,38})?)");

  public AmountLimits {
    most = Map.copyOf(most);
  }

  /** Limits as they stand in a claim or a policy: {@code EUR=10000,USD=12000.50,*=0}. */
  public static Optional<AmountLimits> parse(String text) {
    Map<String, BigDecimal> most = new TreeMap<>();
    for (String entry : text.split(",", MOST_ENTRIES)) {
      var parts = ENTRY.matcher(entry.strip());
      if (!parts.matches() || most.put(parts.group(1), new BigDecimal(parts.group(2))) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(new AmountLimits(most));
  }

  public boolean areGiven() {
    return !most.isEmpty();
  }

  /** The limit for the asset in its units; empty: none was given at all. */
  public Optional<BigDecimal> of(String assetCode) {
    return areGiven()
        ? Optional.of(most.getOrDefault(assetCode, most.getOrDefault(OTHERS, BigDecimal.ZERO)))
        : Optional.empty();
  }

  /** The limit that the amount, whichever its sign, is above. */
  public Optional<BigDecimal> below(Money amount) {
    return of(amount.asset().code()).filter(limit -> amount.toBigDecimal().abs().compareTo(limit) > 0);
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    var entries = new TreeMap<String, String>();
    most.forEach((asset, limit) -> entries.put(asset, asset + "=" + limit.toPlainString()));
    return String.join(",", entries.values());
  }
}
