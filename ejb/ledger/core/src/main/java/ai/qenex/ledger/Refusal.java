package ai.qenex.ledger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A "no" with its clause and the figures that led to it, each a name and a plain text, in a fixed order. */
public record Refusal(Clause clause, Map<String, String> figures) {

  public Refusal {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** @throws IllegalArgumentException unless the text can be kept in the log and is no longer than that */
  public static void requireStorable(String text, int maxLength) {
    Texts.requireStorable(text, maxLength, "a figure");
  }

  public static Refusal of(Clause clause) {
    return new Refusal(clause, Map.of());
  }
}
