package ai.qenex.web.json;

import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The rows of a body of comma separated values (RFC 4180, in UTF-8), as slices of one buffer that are valid until the
 * next row is asked for. A row ends at CRLF or LF; blank rows are passed over; a quoted field may hold commas, line
 * breaks and doubled quotes.
 *
 * <p>
 * Where quotes do not balance nobody can say where a row ends, and what stands inside of somebody's text must never be
 * taken for a row: such a body ends there.
 */
public final class CsvRecords {

  /** Longest row we read, in bytes. */
  public static final int MAX_RECORD = 16_384;
  /** Most fields a row may have. */
  public static final int MAX_FIELDS = 32;

  private static final int INCOMPLETE = -1;
  private static final int BYTE_ORDER_MARK = 3;

  private final InputStream body;
  private final byte[] buffer = new byte[4 * MAX_RECORD];
  private final int[] from = new int[MAX_FIELDS];
  private final int[] to = new int[MAX_FIELDS];
  private final boolean[] doubled = new boolean[MAX_FIELDS];
  private int next;
  private int end;
  private int fields;
  private boolean exhausted;
  private boolean begun;
  /** Of the line that {@link #next} stands at, from 1. */
  private long line = 1;
  private long number;

  public CsvRecords(InputStream body) {
    this.body = body;
  }

  /**
   * Goes to the next row that is not blank. @return whether there is one
   *
   * @throws BrokenCsvException if nobody can say where it ends; nothing more is to be had of the body then
   */
  public boolean next() throws IOException {
    passByteOrderMark();
    while (true) {
      int behind = scan();
      if (behind == INCOMPLETE) {
        if (end - next > MAX_RECORD) {
          throw broken("a row has at most " + MAX_RECORD + " bytes");
        }
        if (exhausted) {
          return false;
        }
        fill();
        continue;
      }
      boolean blank = fields == 1 && from[0] == to[0] && behind - next <= 2;
      number = line;
      countLines(behind);
      next = behind;
      if (!blank) {
        return true;
      }
    }
  }

  /** How many fields the row has. */
  public int fields() {
    return fields;
  }

  /** The line the row begins at, from 1. */
  public long number() {
    return number;
  }

  public boolean isEmpty(int field) {
    return from[field] == to[field];
  }

  /** A field without its quotes. @throws ProblemException 400 if it is not UTF-8 */
  public String text(int field) {
    int length = to[field] - from[field];
    for (int i = from[field]; i < to[field]; i++) {
      if (buffer[i] < 0) {
        return unquoted(field, decoded(from[field], length));
      }
    }
    return unquoted(field, new String(buffer, from[field], length, StandardCharsets.ISO_8859_1));
  }

  private String unquoted(int field, String text) {
    return doubled[field] ? text.replace("\"\"", "\"") : text;
  }

  private String decoded(int offset, int length) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, offset, length)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(Problem.invalid("", "not UTF-8"));
    }
  }

  /** Finds the fields of the row at {@link #next}. @return where the row behind it begins, or {@link #INCOMPLETE} */
  private int scan() {
    fields = 0;
    int at = next;
    if (at == end) {
      return INCOMPLETE;
    }
    while (true) {
      if (fields == MAX_FIELDS) {
        throw broken("a row has at most " + MAX_FIELDS + " fields");
      }
      doubled[fields] = false;
      at = at < end && buffer[at] == '"' ? quotedField(at + 1) : plainField(at);
      if (at == INCOMPLETE) {
        return INCOMPLETE;
      }
      fields++;
      if (at == end || buffer[at] == '\n') {
        return at - next > MAX_RECORD ? INCOMPLETE : Math.min(at + 1, end);
      }
      at++;
    }
  }

  /** @return where the comma or LF behind the field is, the end of the body, or {@link #INCOMPLETE} */
  private int plainField(int start) {
    int at = start;
    for (; at < end; at++) {
      byte b = buffer[at];
      if (b == ',' || b == '\n') {
        break;
      }
      if (b == '"') {
        throw broken("a quote stands inside of a field that has none around it");
      }
    }
    if (at == end && !exhausted) {
      return INCOMPLETE;
    }
    from[fields] = start;
    boolean carriageReturn = at > start && buffer[at - 1] == '\r' && (at == end || buffer[at] == '\n');
    to[fields] = carriageReturn ? at - 1 : at;
    return at;
  }

  private int quotedField(int start) {
    int at = start;
    while (true) {
      while (at < end && buffer[at] != '"') {
        at++;
      }
      if (at + 1 < end && buffer[at + 1] == '"') {
        doubled[fields] = true;
        at += 2;
        continue;
      }
      if (!exhausted && (at + 1 >= end || buffer[at + 1] == '\r' && at + 2 >= end)) {
        return INCOMPLETE;
      }
      if (at >= end) {
        throw broken("a quoted field has no end");
      }
      from[fields] = start;
      to[fields] = at;
      return behindQuote(at + 1);
    }
  }

  private int behindQuote(int at) {
    if (at == end || buffer[at] == ',' || buffer[at] == '\n') {
      return at;
    }
    if (buffer[at] == '\r' && (at + 1 == end || buffer[at + 1] == '\n')) {
      return at + 1;
    }
    throw broken("something stands behind the closing quote of a field");
  }

  private void countLines(int behind) {
    for (int i = next; i < behind; i++) {
      if (buffer[i] == '\n') {
        line++;
      }
    }
  }

  /** Spreadsheets write one. */
  private void passByteOrderMark() throws IOException {
    while (!begun) {
      if (end >= BYTE_ORDER_MARK || exhausted) {
        begun = true;
        boolean mark = end >= BYTE_ORDER_MARK
            && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF;
        next = mark ? BYTE_ORDER_MARK : 0;
      } else {
        fill();
      }
    }
  }

  /** Moves what is left to the front and reads behind it. */
  private void fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, end - next);
    end -= next;
    next = 0;
    int read = body.read(buffer, end, buffer.length - end);
    if (read < 0) {
      exhausted = true;
    } else {
      end += read;
    }
  }

  private BrokenCsvException broken(String why) {
    number = line;
    return new BrokenCsvException(line, why);
  }
}
