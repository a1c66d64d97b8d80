package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * Where the next page of an account's transfers starts, as a text that means nothing to a client. A check sum and the
 * account tell ours from others; it grants nothing, so it need not be secret.
 */
final class PageCursor {

  private static final int BODY_BYTES = 2 * Long.BYTES;
  private static final int BYTES = BODY_BYTES + Integer.BYTES;
  private static final int CHARACTERS = 27;

  /** Marks the account's number in cursors that go from old to new. */
  private static final long OLDEST_FIRST = 1L << 62;

  private PageCursor() {}

  static String of(AccountNumber account, HistoryOrder order, long seq) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(mark(account, order)).putLong(seq);
    bytes.putInt(checkSum(bytes.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /**
   * The last entry of the page before: the next one starts before it, or behind it from old to new.
   *
   * @throws QenexException {@code INVALID_REQUEST} if the text is not a cursor of that account and order
   */
  static long read(String text, AccountNumber account, HistoryOrder order) {
    byte[] bytes = decoded(text);
    if (bytes.length == BYTES) {
      ByteBuffer body = ByteBuffer.wrap(bytes);
      boolean ofAccount = body.getLong() == mark(account, order);
      long seq = body.getLong();
      // written anew, it is compared with its check sum, and with the bits that Base64 would let pass
      if (ofAccount && seq > 0 && of(account, order, seq).equals(text)) {
        return seq;
      }
    }
    throw new QenexException(ErrorCode.INVALID_REQUEST, "the cursor is not one of this account's pages");
  }

  private static long mark(AccountNumber account, HistoryOrder order) {
    return order == HistoryOrder.OLDEST_FIRST ? account.value() | OLDEST_FIRST : account.value();
  }

  private static byte[] decoded(String text) {
    try {
      return text.length() == CHARACTERS ? Base64.getUrlDecoder().decode(text) : new byte[0];
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static int checkSum(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes, 0, BODY_BYTES);
    return (int) sum.getValue();
  }
}
