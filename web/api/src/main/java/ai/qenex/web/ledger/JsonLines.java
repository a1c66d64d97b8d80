package ai.qenex.web.ledger;

import ai.qenex.web.input.Values;
import ai.qenex.web.json.BodyLines;
import java.io.IOException;
import java.io.InputStream;

/** NDJSON: one JSON object per line. A line that is none harms no other. */
final class JsonLines implements TransferSource {

  static final String MEDIA_TYPE = "application/x-ndjson";

  private final BodyLines lines;

  JsonLines(InputStream body) {
    lines = new BodyLines(body);
  }

  @Override
  public boolean next() throws IOException {
    return lines.next();
  }

  @Override
  public BatchItem take(BatchIntake intake) throws IOException {
    if (lines.tooLong()) {
      throw Values.invalid("", "a line has at most " + BodyLines.MAX_LINE + " bytes");
    }
    return intake.take("", TransferReader.readOne(lines.bytes(), lines.offset(), lines.length()));
  }

  @Override
  public long number() {
    return lines.number();
  }
}
