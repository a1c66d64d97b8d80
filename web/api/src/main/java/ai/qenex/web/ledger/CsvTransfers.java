package ai.qenex.web.ledger;

import ai.qenex.web.input.Values;
import ai.qenex.web.json.CsvRecords;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Comma separated values (RFC 4180, in UTF-8) behind a header row that names the columns, in any order: {@code debit},
 * {@code credit}, {@code amount}, {@code asset}, and {@code id}, {@code reference}, {@code valueDate} where wanted. An
 * empty field is an absent one.
 */
final class CsvTransfers implements TransferSource {

  static final String MEDIA_TYPE = "text/csv";

  private static final List<String> NAMES = TransferReader.NAMES;

  private final CsvRecords records;
  /** Where each member is found in a row, or -1; in the order of {@link #NAMES}. */
  private final int[] columns = new int[NAMES.size()];
  private int width;

  /** Reads the header row. @throws ProblemException 400 if it is none */
  CsvTransfers(InputStream body) throws IOException {
    records = new CsvRecords(body);
    Arrays.fill(columns, -1);
    if (!records.next()) {
      throw Values.invalid("", "the first row names the columns: " + String.join(",", NAMES));
    }
    width = records.fields();
    for (int field = 0; field < width; field++) {
      String name = records.text(field);
      int member = NAMES.indexOf(name);
      if (member < 0) {
        throw Values.invalid("", "column " + (field + 1) + " of the header row is none of " + String.join(",", NAMES));
      }
      if (columns[member] >= 0) {
        throw Values.invalid("/" + name, "the header row names it twice");
      }
      columns[member] = field;
    }
    for (int member = TransferReader.DEBIT; member <= TransferReader.ASSET; member++) {
      if (columns[member] < 0) {
        throw Values.invalid("/" + NAMES.get(member), "the header row does not name it");
      }
    }
  }

  @Override
  public boolean next() throws IOException {
    return records.next();
  }

  @Override
  public BatchItem take(BatchIntake intake) {
    if (records.fields() != width) {
      throw Values.invalid("", "a row has as many fields as the header row: " + width);
    }
    return intake.take("", new TransferRequest(optional(TransferReader.ID), required(TransferReader.DEBIT),
        required(TransferReader.CREDIT), required(TransferReader.AMOUNT), required(TransferReader.ASSET),
        optional(TransferReader.REFERENCE), optional(TransferReader.VALUE_DATE)));
  }

  @Override
  public long number() {
    return records.number();
  }

  private String required(int member) {
    return optional(member).orElseThrow(() -> Values.invalid("/" + NAMES.get(member), "missing"));
  }

  private Optional<String> optional(int member) {
    int column = columns[member];
    if (column < 0 || records.isEmpty(column)) {
      return Optional.empty();
    }
    try {
      return Optional.of(records.text(column));
    } catch (ProblemException notUtf8) {
      throw new ProblemException(Problem.invalid("/" + NAMES.get(member), notUtf8.problem().detail()));
    }
  }
}
