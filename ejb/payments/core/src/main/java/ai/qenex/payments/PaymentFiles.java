package ai.qenex.payments;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Payment files of customers: pain.001.001.09 and pain.001.001.03. */
public interface PaymentFiles {

  /** The most credit transfers one file may hold. */
  int MAX_PAYMENTS = 100_000;

  /**
   * Takes in a file as a stream: stores it, checks it against the profile schema, and queues its payments for booking.
   * The same bytes again answer the first result.
   *
   * @param submitter who sends it, from the token
   * @throws ai.qenex.kernel.QenexException {@code OVERLOADED} if too many files are in work
   */
  Receipt receive(InputStream document, String submitter);

  Optional<PaymentFile> find(UUID id);

  /** The pain.002.001.10 for the file as it stands, UTF-8. @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} */
  byte[] statusReport(UUID id);

  /**
   * Writes the same report as a stream, without holding it in memory; the stream is left open.
   *
   * @throws ai.qenex.kernel.QenexException {@code NOT_FOUND} before anything is written
   */
  void writeStatusReport(UUID id, OutputStream target);

  /** What came of handing in a file. */
  sealed interface Receipt {

    record Taken(PaymentFile file, boolean repeated) implements Receipt {}

    /** Not a document of our profile: nothing is kept. At most {@value #MAX_FAULTS} faults are named. */
    record Unreadable(List<StatusReason> faults) implements Receipt {

      public static final int MAX_FAULTS = 20;
    }
  }
}
