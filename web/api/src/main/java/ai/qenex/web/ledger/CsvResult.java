package ai.qenex.web.ledger;

import java.nio.charset.StandardCharsets;

/** A result as one row of comma separated values: {@code id,status,seq,code,path,detail}. */
final class CsvResult {

  private static final byte[] HEAD = ascii("id,status,seq,code,path,detail\r\n");
  private static final byte[] POSTED = ascii(",posted,");
  private static final byte[] REFUSED = ascii(",refused,,");
  private static final byte[] UNKNOWN = ascii(",unknown,,");
  private static final byte[] STOPPED = ascii(",stopped,,");
  private static final byte[] END = ascii(",,,\r\n");
  private static final byte[] END_OF_CODE = ascii(",,\r\n");

  private CsvResult() {}

  static void appendHead(ResultText out) {
    out.add(HEAD);
  }

  static void append(ResultText out, BatchResult result) {
    if (result instanceof BatchResult.Posted posted) {
      out.add(posted.id()).add(POSTED).add(posted.seq()).add(END);
    } else if (result instanceof BatchResult.Refused refused) {
      out.add(refused.id()).add(REFUSED).add(refused.code()).add(END_OF_CODE);
    } else if (result instanceof BatchResult.Unknown unknown) {
      out.add(unknown.id()).add(UNKNOWN).add(unknown.code()).add(END_OF_CODE);
    } else if (result instanceof BatchResult.Malformed malformed) {
      out.add(REFUSED).add(malformed.code()).add("," + quoted(malformed.path()) + ',' + quoted(malformed.detail()))
          .add("\r\n");
    } else if (result instanceof BatchResult.Stopped stopped) {
      out.add(STOPPED).add(stopped.code()).add(",," + quoted("line " + stopped.line() + ": " + stopped.detail()))
          .add("\r\n");
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
