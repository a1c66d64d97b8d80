package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.HistoryOrder;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever text comes as a cursor, it is one of ours or refused. */
class PageCursorTest {

  private static final int TEXTS = 200_000;
  private static final String SIGNS = "ABCXYZabcxyz0159-_+/= \u00e9\u0000\ud800";

  private final Random random = new Random(20270302);

  @Test
  void readsItsOwnForTheSameAccountAndOrderOnly() {
    for (int i = 0; i < TEXTS / 10; i++) {
      var account = new AccountNumber(1 + random.nextLong(1L << 60));
      long seq = 1 + random.nextLong(Long.MAX_VALUE - 1);
      for (HistoryOrder order : HistoryOrder.values()) {
        String cursor = PageCursor.of(account, order, seq);
        assertEquals(Optional.of(seq), read(cursor, account, order));
        assertEquals(Optional.empty(), read(cursor, new AccountNumber(account.value() + 1), order));
        for (HistoryOrder other : HistoryOrder.values()) {
          assertEquals(order == other, read(cursor, account, other).isPresent());
        }
      }
    }
  }

  @Test
  void refusesWhatIsAlmostACursorOrNone() {
    var account = new AccountNumber(7);
    String cursor = PageCursor.of(account, HistoryOrder.NEWEST_FIRST, 123_456);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = mutated(cursor);
      if (!text.equals(cursor) && read(text, account, HistoryOrder.NEWEST_FIRST).isPresent()) {
        read++;
      }
    }
    assertTrue(read <= TEXTS / 100_000, "a check sum of 32 bits lets hardly any pass: " + read);
  }

  private String mutated(String cursor) {
    var text = new StringBuilder(cursor);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      char sign = SIGNS.charAt(random.nextInt(SIGNS.length()));
      int at = random.nextInt(text.length());
      switch (random.nextInt(6)) {
        case 0 -> text.insert(at, sign);
        case 1 -> text.setLength(at + 1);
        default -> text.setCharAt(at, sign);
      }
    }
    return text.toString();
  }

  /** Empty if it was refused as a client's fault; all else fails. */
  private static Optional<Long> read(String text, AccountNumber account, HistoryOrder order) {
    try {
      long seq = PageCursor.read(text, account, order);
      assertTrue(seq > 0);
      return Optional.of(seq);
    } catch (QenexException refusal) {
      assertEquals(ErrorCode.INVALID_REQUEST, refusal.code());
      return Optional.empty();
    }
  }
}
