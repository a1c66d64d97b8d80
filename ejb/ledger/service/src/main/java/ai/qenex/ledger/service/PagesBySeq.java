package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Page;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** Pages of what happened to an account, the newest first: each ends at an entry of the log. */
final class PagesBySeq {

  private PagesBySeq() {}

  /**
   * The newest entry that may be on the page.
   *
   * @throws QenexException {@code INVALID_REQUEST} if limit or cursor are not ours
   */
  static long start(AccountNumber account, int limit, Optional<String> cursor) {
    if (limit < 1 || limit > Page.MAX_LIMIT) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + Page.MAX_LIMIT);
    }
    return cursor.map(text -> PageCursor.read(text, account, HistoryOrder.NEWEST_FIRST) - 1).orElse(Long.MAX_VALUE);
  }

  /** @param found up to one more than the limit */
  static <T> Page<T> page(List<T> found, int limit, AccountNumber account, ToLongFunction<T> seq) {
    return found.size() <= limit
        ? new Page<>(found, Optional.empty())
        : new Page<>(found.subList(0, limit), Optional.of(
            PageCursor.of(account, HistoryOrder.NEWEST_FIRST, seq.applyAsLong(found.get(limit - 1)))));
  }
}
