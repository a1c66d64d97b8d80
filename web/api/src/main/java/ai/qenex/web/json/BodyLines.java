package ai.qenex.web.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a body, as slices of one buffer: {@link #bytes} from {@link #offset} for {@link #length}, valid until
 * the next line is asked for. A line ends at LF; a CR before it belongs to the white space that JSON allows. Lines of
 * white space only are passed over.
 */
public final class BodyLines {

  /** Longest line we read, in bytes. */
  public static final int MAX_LINE = 16_384;

  private final InputStream body;
  private final byte[] buffer = new byte[4 * MAX_LINE];
  private int next;
  private int end;
  private boolean exhausted;
  private int offset;
  private int length;
  private boolean tooLong;
  private long number;

  public BodyLines(InputStream body) {
    this.body = body;
  }

  /** Goes to the next line that is not blank. @return whether there is one */
  public boolean next() throws IOException {
    do {
      if (!readLine()) {
        return false;
      }
      number++;
    } while (!tooLong && isBlank());
    return true;
  }

  public byte[] bytes() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** Counting from 1, blank lines included. */
  public long number() {
    return number;
  }

  /** Whether the line is longer than {@value #MAX_LINE} bytes; it was passed over then and the slice is empty. */
  public boolean tooLong() {
    return tooLong;
  }

  private boolean readLine() throws IOException {
    tooLong = false;
    int scanned = next;
    while (true) {
      for (; scanned < end; scanned++) {
        if (buffer[scanned] == '\n') {
          return slice(scanned, scanned + 1);
        }
      }
      if (scanned - next > MAX_LINE) {
        tooLong = true;
        next = scanned;
      }
      if (exhausted) {
        return (scanned > next || tooLong) && slice(scanned, scanned);
      }
      scanned -= fill();
    }
  }

  private boolean slice(int lineEnd, int following) {
    tooLong |= lineEnd - next > MAX_LINE;
    offset = next;
    length = tooLong ? 0 : lineEnd - next;
    next = following;
    return true;
  }

  /** Moves what is left to the front and reads behind it. @return by how much it moved */
  private int fill() throws IOException {
    int moved = next;
    System.arraycopy(buffer, next, buffer, 0, end - next);
    end -= moved;
    next = 0;
    int read = body.read(buffer, end, buffer.length - end);
    if (read < 0) {
      exhausted = true;
    } else {
      end += read;
    }
    return moved;
  }

  private boolean isBlank() {
    for (int i = offset; i < offset + length; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
