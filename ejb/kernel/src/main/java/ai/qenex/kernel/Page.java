package ai.qenex.kernel;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a longer list.
 *
 * @param next opaque cursor of the piece that follows, empty behind the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** The most items one page may hold. */
  public static final int MAX_LIMIT = 1_000;

  public Page {
    items = List.copyOf(items);
  }
}
