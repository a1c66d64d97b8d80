package ai.qenex.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A "no" with its clause and the figures that led to it, each a name and a plain text, in a fixed order. */
public record Refusal(Clause clause, Map<String, String> figures) {

  public Refusal {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  public static Refusal of(Clause clause) {
    return new Refusal(clause, Map.of());
  }
}
