package ai.qenex.web.ledger;

import java.io.IOException;

/** Where the results of a stream go, in order. */
interface ResultSink {

  void write(byte[] results) throws IOException;
}
