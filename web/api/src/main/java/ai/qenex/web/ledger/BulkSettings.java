package ai.qenex.web.ledger;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much one request may bring, and all of them together; read and judged at start. */
@ApplicationScoped
public class BulkSettings {

  @Inject
  @ConfigProperty(name = "qenex.bulk.max-bytes", defaultValue = "1073741824") private long maxBytes;

  @Inject
  @ConfigProperty(name = "qenex.bulk.max-transfers", defaultValue = "5000000") private long maxTransfers;

  @Inject
  @ConfigProperty(name = "qenex.bulk.spool-bytes", defaultValue = "4294967296") private long spoolBytes;

  @Inject
  @ConfigProperty(name = "qenex.bulk.streams", defaultValue = "16") private int streams;

  private SpoolSpace space;
  private Semaphore longStreams;

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    require("qenex.bulk.max-bytes", maxBytes, 1L << 40);
    require("qenex.bulk.max-transfers", maxTransfers, 1_000_000_000);
    require("qenex.bulk.spool-bytes", spoolBytes, 1L << 50);
    require("qenex.bulk.streams", streams, 1_000);
    space = new SpoolSpace(spoolBytes);
    longStreams = new Semaphore(streams, true);
  }

  private static void require(String property, long value, long most) {
    if (value < 1 || value > most) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, property + " must be 1 to " + most);
    }
  }

  /** Longest body of one request. */
  long maxBytes() {
    return maxBytes;
  }

  /** Most transfers of one request. */
  long maxTransfers() {
    return maxTransfers;
  }

  SpoolSpace space() {
    return space;
  }

  /** A permit for each request of more than one chunk, since each holds several in memory. */
  Semaphore longStreams() {
    return longStreams;
  }
}
