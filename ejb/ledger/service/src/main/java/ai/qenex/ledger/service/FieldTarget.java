package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Takes rows, field by field: each is {@link #row(int)} and then as many fields as it says. */
interface FieldTarget {

  void row(int fields) throws SQLException;

  /** A null. */
  void nothing() throws SQLException;

  void int2(int value) throws SQLException;

  void int8(long value) throws SQLException;

  void uuid(UUID id) throws SQLException;

  /** To the microsecond; what is finer is cut off. */
  void timestamp(Instant instant) throws SQLException;

  void date(LocalDate date) throws SQLException;

  void text(String text) throws SQLException;

  void jsonb(String json) throws SQLException;

  /** As {@code numeric} of scale 0. */
  void numeric(Amount amount) throws SQLException;
}
