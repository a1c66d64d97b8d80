package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerRebuild;
import javax.sql.DataSource;

/** Asks for a rebuild, and how far it is; the work is the {@link Rebuilder}'s on the node that leads. */
public final class ProjectionRebuild implements LedgerRebuild {

  private final LogAccess access;
  private final Runnable wake;

  public ProjectionRebuild(DataSource database, LedgerEngine engine) {
    this.access = new LogAccess(database);
    this.wake = engine::wakeRebuilder;
  }

  @Override
  public Progress request() {
    Progress progress = access.answer(connection -> {
      var store = new RebuildStore(connection);
      store.want();
      return store.read();
    });
    wake.run();
    return progress;
  }

  @Override
  public Progress progress() {
    return access.answer(connection -> new RebuildStore(connection).read());
  }
}
