package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Product;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LEDGER-1 to LEDGER-5: the database refuses what the code must never write, whoever tries. */
class ConstraintIT {

  private static final String COLUMNS =
      "seq, id, booked_at, fingerprint, kind, asset, business_date, debit, credit, value_date, amount, "
          + "debit_balance, credit_balance, debit_floor, reference, detail";

  private final LedgerFixture ledger = new LedgerFixture();

  @BeforeEach
  void post() {
    AccountNumber vault = ledger.open(Product.INTERNAL);
    AccountNumber ada = ledger.open(Product.CURRENT);
    ledger.submit(LedgerFixture.transfer(vault, ada, 100));
    ledger.awaitProjection();
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      transfer_moves_more_than_zero | 1 | 1 | 2 | 0    | 0    | null | null
      transfer_moves_more_than_zero | 1 | 1 | 2 | -5   | 0    | null | null
      transfer_has_two_accounts     | 1 | 2 | 2 | 5    | 5    | null | null
      transfer_respects_floor       | 1 | 2 | 1 | 5    | -1   | 0    | null
      transfer_respects_floor       | 1 | 2 | 1 | 5    | -101 | -100 | null
      transfer_is_complete          | 1 | 2 | 1 | null | 5    | 0    | null
      transfer_is_complete          | 1 | 2 | 1 | 5    | null | 0    | null
      transfer_is_complete          | 1 | 2 | 1 | 5    | 5    | 0    | '{}'
      entry_is_of_its_kind          | 2 | 2 | 1 | 5    | 5    | 0    | '{}'
      entry_is_of_its_kind          | 3 | null | null | null | null | null | null
      entry_is_of_its_kind          | 12 | null | null | null | null | null | '{}'
      """, quoteCharacter = '"')
  void refusesUnlawfulEntries(String constraint, String kind, String debit, String credit, String amount,
      String balance,
      String floor, String detail) {
    assertRefused(constraint,
        "insert into ledger.log (" + COLUMNS + ") values (1000, gen_random_uuid(), now(), 1, " + kind
            + ", 1, current_date, " + debit + ", " + credit + ", current_date, " + amount + ", " + balance + ", 0, "
            + floor
            + ", null, " + detail + ")");
  }

  /** HOLD-1 and REVERSAL-1, by those who write past the engine. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      hold_or_reversal_is_lawful | 7, gen_random_uuid(), null, null, 5, 5
      hold_or_reversal_is_lawful | 7, gen_random_uuid(), gen_random_uuid(), null, 5, 5
      hold_or_reversal_is_lawful | 8, gen_random_uuid(), gen_random_uuid(), null, 5, 1
      hold_or_reversal_is_lawful | 9, gen_random_uuid(), gen_random_uuid(), null, 5, 5
      hold_or_reversal_is_lawful | 8, gen_random_uuid(), gen_random_uuid(), null, 5, -1
      hold_or_reversal_is_lawful | 9, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 5, 0
      entry_is_of_its_kind       | 2, gen_random_uuid(), gen_random_uuid(), null, null, null
      log_hold_ends_once         | 8, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', null, 5, 0
      """)
  void refusesUnlawfulHolds(String constraint, String values) {
    String into =
        "insert into ledger.log (seq, booked_at, fingerprint, asset, debit, detail, kind, id, hold, reverses, "
            + "amount, held) values (%d, now(), 1, 1, case when %s then null else 2 end, '{}', %s)";
    boolean isRefusal = values.startsWith("2");
    ledger.execute(into.formatted(999, "false",
        "8, gen_random_uuid(), '00000000-0000-0000-0000-000000000001', null, 5, 0"));
    assertRefused(constraint, into.formatted(1000, isRefusal, values));
  }

  @Test
  void refusesASecondReversal() {
    String reversal = "insert into ledger.log (" + COLUMNS + ", reverses) select %d, gen_random_uuid(), "
        + COLUMNS.substring(COLUMNS.indexOf("booked_at")) + ", (select id from ledger.log where seq = 4) "
        + "from ledger.log where seq = 4";
    ledger.execute(reversal.formatted(999));
    assertRefused("log_reversed_once", reversal.formatted(1000));
  }

  @Test
  void refusesAnIdOrASeqTwice() {
    String others = COLUMNS.substring(COLUMNS.indexOf("booked_at"));
    String copyOfFirst =
        "insert into ledger.log (" + COLUMNS + ") select %s, " + others + " from ledger.log where seq = 1";
    assertRefused("log_id", copyOfFirst.formatted("1000, id"));
    assertRefused("log_pkey", copyOfFirst.formatted("1, gen_random_uuid()"));
    assertRefused("entry_is_of_its_kind", copyOfFirst.formatted("0, gen_random_uuid()"));
  }

  @Test
  void refusesToChangeTheLog() {
    assertRefused("append-only", "update ledger.log set amount = 1 where seq = 4");
    assertRefused("append-only", "delete from ledger.log where seq = 4");
    assertRefused("append-only", "truncate ledger.log");
  }

  @Test
  void refusesUnlawfulAccounts() {
    assertRefused("balance_respects_floor", "update ledger.account set balance = -1 where number = 2");
    assertRefused("balance_respects_floor", "update ledger.account set held = 101 where number = 2");
    assertRefused("held_is_never_negative", "update ledger.account set held = -1 where number = 2");
    assertRefused("closed_is_empty", "update ledger.account set status = 'closed' where number = 2");
    assertRefused("overdraft_limit", "update ledger.account set overdraft_limit = -1 where number = 2");
    assertRefused("status", "update ledger.account set status = 'gone' where number = 2");
  }

  private void assertRefused(String constraint, String sql) {
    var refusal = assertThrows(IllegalStateException.class, () -> ledger.execute(sql));
    assertTrue(refusal.getCause() instanceof SQLException cause && cause.getMessage().contains(constraint),
        () -> String.valueOf(refusal.getCause()));
  }
}
