package ai.qenex.ledger.service;

import ai.qenex.kernel.Amount;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Rows turned into one array per column, as PostgreSQL writes arrays ("Array Input and Output Syntax"). */
final class FieldArrays implements FieldTarget {

  private static final int TYPICAL_CHARS = 1_024;

  private final StringBuilder[] columns;
  private int column;
  private boolean first = true;

  FieldArrays(int columns) {
    this.columns = new StringBuilder[columns];
    for (int i = 0; i < columns; i++) {
      this.columns[i] = new StringBuilder(TYPICAL_CHARS).append('{');
    }
  }

  void clear() {
    for (StringBuilder each : columns) {
      each.setLength(1);
    }
    first = true;
  }

  /** The column's values so far, as one array. */
  String array(int index) {
    StringBuilder values = columns[index];
    String array = values.append('}').toString();
    values.setLength(values.length() - 1);
    return array;
  }

  @Override
  public void row(int fields) {
    if (fields != columns.length) {
      throw new IllegalArgumentException(fields + " fields for " + columns.length + " columns");
    }
    first = first && columns[0].length() == 1;
    column = 0;
  }

  private StringBuilder next() {
    StringBuilder values = columns[column++];
    return first ? values : values.append(',');
  }

  @Override
  public void nothing() {
    next().append("NULL");
  }

  @Override
  public void int2(int value) {
    next().append(value);
  }

  @Override
  public void int8(long value) {
    next().append(value);
  }

  @Override
  public void uuid(UUID id) {
    next().append(id);
  }

  @Override
  public void timestamp(Instant instant) {
    next().append(instant.truncatedTo(ChronoUnit.MICROS));
  }

  @Override
  public void date(LocalDate date) {
    next().append(date);
  }

  @Override
  public void text(String text) {
    StringBuilder values = next().append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        values.append('\\');
      }
      values.append(c);
    }
    values.append('"');
  }

  @Override
  public void jsonb(String json) {
    text(json);
  }

  @Override
  public void numeric(Amount amount) {
    next().append(amount);
  }
}
