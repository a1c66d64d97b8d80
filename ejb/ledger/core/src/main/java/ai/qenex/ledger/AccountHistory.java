package ai.qenex.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.kernel.Page;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.util.List;
import java.util.Optional;

/** One account's transfers: page by page for somebody who looks, or a whole span for somebody who keeps them. */
public interface AccountHistory {

  /** Which of an account's transfers, and in which order. */
  record Selection(Span span, HistoryOrder order) {}

  /**
   * Transfers of one account. A page costs the same however far back it is. Where a span of business dates lies among
   * many transfers of other dates, a page may be short of its limit, or empty, and still have one that follows.
   *
   * @param limit 1 to {@link Page#MAX_LIMIT}
   * @param cursor {@code next} of the page before of the same selection, empty for the first
   * @throws ai.qenex.kernel.QenexException {@code INVALID_REQUEST} if the cursor is not one of ours
   */
  Page<TransferPosted> page(AccountNumber account, Selection selection, int limit, Optional<String> cursor);

  /**
   * An extract as of one entry of the log: whatever is posted later does not change it.
   *
   * @param upTo the last entry of the log when it was begun
   * @param opening booked balance over all transfers before the span
   * @param closing opening balance and the span's transfers
   * @param after its transfers are behind this entry
   */
  record Extract(AccountNumber account, Span span, long upTo, Money opening, Money closing, long after) {}

  /** Fixes what an extract of the span holds. */
  Extract begin(Account account, Span span);

  /**
   * Some of an extract's transfers, in log order.
   *
   * @param transfers possibly none, where many of other business dates lie between
   * @param rest what follows; empty if that was all
   */
  record Piece(List<TransferPosted> transfers, Optional<Extract> rest) {

    public Piece {
      transfers = List.copyOf(transfers);
    }
  }

  /** The next transfers of an extract. Nothing is held between two calls, however long they are apart. */
  Piece read(Extract extract);
}
