package ai.qenex.payments.iso20022;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lets bytes of a document through as long as they are few enough, and as long as no text, tag, comment, processing
 * instruction or CDATA section is longer than {@value #MAX_TOKEN_BYTES} bytes: an XML parser holds each of these in
 * memory as a whole.
 */
final class DocumentGuard extends FilterInputStream {

  static final int MAX_TOKEN_BYTES = 64 * 1024;

  /** What the guard says no with; its message may be shown. */
  static final class LimitException extends IOException {

    LimitException(String message) {
      super(message);
    }
  }

  private enum State {
    TEXT, TAG, SINGLE_QUOTED, DOUBLE_QUOTED, COMMENT, CDATA, INSTRUCTION
  }

  private final long maxBytes;
  private long bytes;
  private int token;
  private State state = State.TEXT;
  /** The last three bytes, newest lowest. */
  private int tail;

  DocumentGuard(InputStream document, long maxBytes) {
    super(document);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      bytes += count;
      if (bytes > maxBytes) {
        throw new LimitException("the document is longer than " + maxBytes + " bytes");
      }
      for (int i = offset; i < offset + count; i++) {
        watch(target[i]);
      }
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void watch(byte next) throws LimitException {
    token++;
    State before = state;
    state = after(next);
    if (state != before && !isQuote(before) && !isQuote(state)) {
      token = 0;
    }
    if (token > MAX_TOKEN_BYTES) {
      throw new LimitException("a text, tag or comment is longer than " + MAX_TOKEN_BYTES + " bytes");
    }
    tail = (tail << 8 | next & 0xFF) & 0xFFFFFF;
  }

  private static boolean isQuote(State state) {
    return state == State.SINGLE_QUOTED || state == State.DOUBLE_QUOTED;
  }

  private State after(byte next) {
    return switch (state) {
      case TEXT -> next == '<' ? State.TAG : State.TEXT;
      case TAG -> afterInTag(next);
      case SINGLE_QUOTED -> next == '\'' ? State.TAG : state;
      case DOUBLE_QUOTED -> next == '"' ? State.TAG : state;
      case COMMENT -> next == '>' && (tail & 0xFFFF) == ('-' << 8 | '-') ? State.TEXT : state;
      case CDATA -> next == '>' && (tail & 0xFFFF) == (']' << 8 | ']') ? State.TEXT : state;
      case INSTRUCTION -> next == '>' && (tail & 0xFF) == '?' ? State.TEXT : state;
    };
  }

  private State afterInTag(byte next) {
    return switch (next) {
      case '>' -> State.TEXT;
      case '\'' -> State.SINGLE_QUOTED;
      case '"' -> State.DOUBLE_QUOTED;
      case '?' -> token == 1 ? State.INSTRUCTION : state;
      case '-' -> token == 3 && tail == ('<' << 16 | '!' << 8 | '-') ? State.COMMENT : state;
      case '[' -> token == 2 && (tail & 0xFFFF) == ('<' << 8 | '!') ? State.CDATA : state;
      default -> state;
    };
  }
}
