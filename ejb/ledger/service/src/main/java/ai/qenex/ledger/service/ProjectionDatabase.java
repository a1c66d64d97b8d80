package ai.qenex.ledger.service;

import java.sql.SQLException;

/** Where the projections are kept: all that the projector asks of a store. */
interface ProjectionDatabase {

  Transaction begin() throws SQLException;

  /** One projection's transaction. Unless it was committed, closing it leaves everything as it was. */
  interface Transaction extends AutoCloseable {

    /** The entry up to which the projections follow, locked, so that the projectors of two nodes take turns. */
    long lockWatermark() throws SQLException;

    /** Projects the entries behind {@code from} up to {@code to}, and moves the watermark there. */
    void project(long from, long to) throws SQLException;

    void commit() throws SQLException;

    @Override
    void close() throws SQLException;
  }
}
