package ai.qenex.web.ledger;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/** A result as one JSON object without white space. */
final class JsonResult {

  private static final byte[] ID = ascii("{\"id\":\"");
  private static final byte[] POSTED = ascii("\",\"status\":\"posted\",\"seq\":");
  private static final byte[] REFUSED = ascii("\",\"status\":\"refused\",\"code\":\"");
  private static final byte[] UNKNOWN = ascii("\",\"status\":\"unknown\",\"code\":\"");
  private static final byte[] END = ascii("}");
  private static final byte[] END_OF_TEXT = ascii("\"}");

  private JsonResult() {}

  static void append(ResultText out, BatchResult result) {
    if (result instanceof BatchResult.Posted posted) {
      out.add(ID).add(posted.id()).add(POSTED).add(posted.seq()).add(END);
    } else if (result instanceof BatchResult.Refused refused) {
      out.add(ID).add(refused.id()).add(REFUSED).add(refused.code()).add(END_OF_TEXT);
    } else if (result instanceof BatchResult.Unknown unknown) {
      out.add(ID).add(unknown.id()).add(UNKNOWN).add(unknown.code()).add(END_OF_TEXT);
    } else if (result instanceof BatchResult.Malformed malformed) {
      out.add("{\"status\":\"refused\",\"code\":\"").add(malformed.code()).add("\",\"path\":\"")
          .add(quoted(malformed.path())).add("\",\"detail\":\"").add(quoted(malformed.detail())).add(END_OF_TEXT);
    } else if (result instanceof BatchResult.Stopped stopped) {
      out.add("{\"status\":\"stopped\",\"code\":\"").add(stopped.code()).add("\",\"detail\":\"")
          .add(quoted(stopped.detail())).add("\",\"line\":").add(stopped.line()).add(END);
    }
  }

  private static byte[] quoted(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
