package ai.qenex.web.ledger;

import java.util.List;

/** How the results of a stream of transfers are written: one per line, in the order of the transfers. */
enum ResultForm {

  /** One JSON object per line. */
  NDJSON(JsonLines.MEDIA_TYPE) {
    @Override
    byte[] head() {
      return new byte[0];
    }

    @Override
    byte[] write(List<BatchResult> results) {
      var out = new ResultText(BYTES_PER_RESULT * results.size());
      for (BatchResult result : results) {
        JsonResult.append(out, result);
        out.add('\n');
      }
      return out.bytes();
    }
  },

  /** Comma separated values (RFC 4180) behind a header row. */
  CSV(CsvTransfers.MEDIA_TYPE) {
    @Override
    byte[] head() {
      var out = new ResultText(BYTES_PER_RESULT);
      CsvResult.appendHead(out);
      return out.bytes();
    }

    @Override
    byte[] write(List<BatchResult> results) {
      var out = new ResultText(BYTES_PER_RESULT * results.size());
      for (BatchResult result : results) {
        CsvResult.append(out, result);
      }
      return out.bytes();
    }
  };

  static final int BYTES_PER_RESULT = 96;

  private final String mediaType;

  ResultForm(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /** What stands before the first result. */
  abstract byte[] head();

  abstract byte[] write(List<BatchResult> results);
}
