package ai.qenex.payments.service;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.StatusReason;
import ai.qenex.payments.service.PaymentRow.End;
import ai.qenex.payments.service.PaymentRow.Place;
import ai.qenex.payments.service.PaymentRow.Times;
import ai.qenex.security.FieldCipher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** The columns of table {@code payments.payment}, and how a payment is laid into them. */
final class PaymentColumns {

  static final String NAMES =
      "id, file, group_no, number, index, instruction_id, uetr, end_to_end_id, asset, scale, amount,"
          + " debtor, debtor_name, debtor_agent, debit, creditor, creditor_name, creditor_agent, credit, remittance,"
          + " status, reason_code, reason_path, reason_detail, fingerprint, received_at, accepted_at, ended_at,"
          + " settled_at, business_date, personal, personal_epoch, debtor_name_index, creditor_name_index";

  private static final String[] TYPES =
      {"uuid", "uuid", "int4", "int4", "int4", "text", "text", "text", "text", "int2", "numeric",
          "text", "text", "text", "int8", "text", "text", "text", "int8", "text",
          "int2", "text", "text", "text", "text", "timestamptz", "timestamptz", "timestamptz",
          "timestamptz", "date", "bytea", "int4", "bytea", "bytea"};
  private static final PaymentStatus[] STATUSES = PaymentStatus.values();

  private PaymentColumns() {}

  static BulkRows bulk() {
    return new BulkRows(TYPES);
  }

  static void add(BulkRows rows, PaymentRow row, FieldCipher cipher) {
    PersonalPart personal = PersonalPart.of(row);
    Optional<Place> place = row.place();
    Optional<StatusReason> reason = row.reason();
    rows.add(row.id(), place.map(Place::file).orElse(null), place.map(Place::group).orElse(null),
        place.map(Place::number).orElse(null),
        place.map(Place::index).orElse(null), place.flatMap(Place::instructionId).orElse(null),
        place.flatMap(Place::uetr).orElse(null), row.endToEndId(), row.amount().asset().code(),
        row.amount().asset().scale(), row.amount().amount().toString(),
        row.debtor().account(), null, row.debtor().agent().orElse(null),
        row.debtor().booked().map(AccountNumber::value).orElse(null),
        row.creditor().account(), null, row.creditor().agent().orElse(null),
        row.creditor().booked().map(AccountNumber::value).orElse(null), null,
        code(row.status()), reason.map(StatusReason::code).orElse(null), reason.map(StatusReason::path).orElse(null),
        reason.map(StatusReason::detail).orElse(null), row.fingerprint().orElse(null), row.times().received(),
        row.times().accepted().orElse(null), row.times().ended().orElse(null), row.times().settled().orElse(null),
        row.businessDate().map(BusinessDate::date).orElse(null), personal.protectedBy(cipher, row.id()), cipher.epoch(),
        cipher.index(PersonalPart.DEBTOR_COLUMN, personal.debtorName()),
        cipher.index(PersonalPart.CREDITOR_COLUMN, personal.creditorName()));
  }

  /** The row a result stands on, whose columns are {@link #NAMES}. */
  static PaymentRow read(ResultSet rows, FieldCipher cipher) throws SQLException {
    var asset = new Asset(rows.getString("asset"), rows.getInt("scale"));
    UUID file = rows.getObject("file", UUID.class);
    Optional<Place> place = file == null
        ? Optional.empty()
        : Optional.of(new Place(file, rows.getInt("group_no"), rows.getInt("number"), rows.getInt("index"),
            text(rows, "instruction_id"),
            text(rows, "uetr")));
    PersonalPart personal = personal(rows, cipher);
    return new PaymentRow(rows.getObject("id", UUID.class), place, rows.getString("end_to_end_id"),
        new Money(amount(rows, "amount"), asset),
        new End(rows.getString("debtor"), personal.debtorName(), text(rows, "debtor_agent"),
            account(rows, "debit")),
        new End(rows.getString("creditor"), personal.creditorName(), text(rows, "creditor_agent"),
            account(rows, "credit")),
        personal.remittance(), status(rows.getInt("status")), reason(rows),
        new Times(instant(rows, "received_at").orElseThrow(), instant(rows, "accepted_at"), instant(rows, "ended_at"),
            instant(rows, "settled_at")),
        Optional.ofNullable(rows.getObject("business_date", LocalDate.class)).map(BusinessDate::new),
        text(rows, "fingerprint"), rows.getBytes("personal") == null);
  }

  /** In clear in rows from before names were protected. */
  private static PersonalPart personal(ResultSet rows, FieldCipher cipher) throws SQLException {
    byte[] sealed = rows.getBytes("personal");
    return sealed == null
        ? new PersonalPart(rows.getString("debtor_name"), rows.getString("creditor_name"), text(rows, "remittance"))
        : PersonalPart.revealed(cipher, rows.getObject("id", UUID.class), sealed);
  }

  static int code(PaymentStatus status) {
    return status.ordinal() + 1;
  }

  static PaymentStatus status(int code) {
    return STATUSES[code - 1];
  }

  static Amount amount(ResultSet rows, String column) throws SQLException {
    return Amount.of(rows.getBigDecimal(column).toBigIntegerExact());
  }

  static Optional<StatusReason> reason(ResultSet rows) throws SQLException {
    String code = rows.getString("reason_code");
    return code == null
        ? Optional.empty()
        : Optional.of(new StatusReason(code, rows.getString("reason_path"), rows.getString("reason_detail")));
  }

  static Optional<Instant> instant(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
  }

  /** An instant as JDBC takes it. */
  static OffsetDateTime stamp(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  static Optional<String> text(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getString(column));
  }

  private static Optional<AccountNumber> account(ResultSet rows, String column) throws SQLException {
    long number = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(new AccountNumber(number));
  }
}
