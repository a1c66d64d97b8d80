package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.engine.IdWindow;
import ai.qenex.ledger.engine.LedgerState;
import ai.qenex.ledger.engine.Replay;
import ai.qenex.ledger.service.LogConnection.Fence;
import java.sql.SQLException;

/**
 * Rebuilds the writer's memory from the database: the snapshot at the projection's watermark, then the log behind it
 * with every running balance compared, then the window of recent ids.
 */
final class Recovery {

  private final LedgerSettings settings;

  Recovery(LedgerSettings settings) {
    this.settings = settings;
  }

  /** What a writer needs in memory. */
  record Memory(LedgerState state, IdWindow window) {}

  /**
   * Reads it all in one snapshot of the database, so that a projection that runs meanwhile does no harm.
   *
   * @param taken the fence as this writer left it
   * @throws FencedException if another writer took the lease since
   * @throws QenexException {@code INVARIANT_BROKEN} if what is stored contradicts itself
   */
  Memory load(LogConnection connection, Fence taken) throws SQLException, FencedException {
    var state = new LedgerState(connection.beginSnapshot());
    if (!connection.fence().equals(taken)) {
      throw new FencedException("another writer took the lease before memory was loaded");
    }
    var replay = new Replay(state);
    long watermark = connection.watermark();
    connection.loadProjections(replay);
    replay.snapshotTaken(watermark, connection.bookedAt(watermark));
    connection.scan(watermark, row -> replay.entry(row.entry()));
    replay.finish();
    if (state.lastSeq() != taken.seq()) {
      throw new QenexException(ErrorCode.INVARIANT_BROKEN,
          "the log ends with entry " + state.lastSeq() + " but the writer's fence is at " + taken.seq());
    }
    IdWindow window = loadWindow(connection, taken.seq());
    connection.commit();
    return new Memory(state, window);
  }

  private IdWindow loadWindow(LogConnection connection, long lastSeq) throws SQLException {
    var window = new IdWindow(settings.windowIds());
    long before = lastSeq - settings.windowIds();
    if (before > 0) {
      // no id was ever taken in that was dated further ahead of its booking than the skew
      window.startAfter(connection.bookedAt(before).plus(settings.idSkew()));
    }
    connection.scanIds(before, window::add);
    return window;
  }
}
