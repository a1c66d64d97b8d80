package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.util.ArrayList;
import java.util.List;

/** A transaction of the {@link SimulatedStore} that is under way, as the server sees it. */
final class SimulatedTransaction {

  final List<LogRow> rows = new ArrayList<>();
  /** Null if it does not touch the fence. */
  Fence fenceAfter;
  /** Null if it does not touch the projections. */
  Projected projected;
  boolean holdsFence;
  boolean holdsWatermark;
  /** A statement failed: nothing but a rollback is taken any more. */
  boolean failed;
  /** COMMIT has arrived, so that it may be committed although nobody waits for it. */
  boolean commitSent;
  /** The client is gone. */
  boolean abandoned;
  /** The server has ended it, because its client was silent for too long. */
  boolean killed;
  long lastUsedMicros;

  SimulatedTransaction(long micros) {
    lastUsedMicros = micros;
  }
}
