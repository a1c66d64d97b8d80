package ai.qenex.ledger;

import java.util.Locale;
import java.util.Optional;

/** What kind of account it is, as far as posting is concerned. */
public enum Product {
  CURRENT,
  SAVINGS,
  /** The bank's own: nostro, clearing, income, suspense. May go below zero. */
  INTERNAL;

  /** The lower-case name that the API speaks. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Product> ofCode(String code) {
    for (Product product : values()) {
      if (product.code().equals(code)) {
        return Optional.of(product);
      }
    }
    return Optional.empty();
  }
}
