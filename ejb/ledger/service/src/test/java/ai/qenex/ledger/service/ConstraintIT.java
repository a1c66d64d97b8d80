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
      other_kinds_move_nothing      | 2 | 2 | 1 | 5    | 5    | 0    | '{}'
      other_kinds_move_nothing      | 3 | null | null | null | null | null | null
      log_kind                      | 7 | null | null | null | null | null | '{}'
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

  @Test
  void refusesAnIdOrASeqTwice() {
    String others = COLUMNS.substring(COLUMNS.indexOf("booked_at"));
    String copyOfFirst =
        "insert into ledger.log (" + COLUMNS + ") select %s, " + others + " from ledger.log where seq = 1";
    assertRefused("log_id", copyOfFirst.formatted("1000, id"));
    assertRefused("log_pkey", copyOfFirst.formatted("1, gen_random_uuid()"));
    assertRefused("log_seq", copyOfFirst.formatted("0, gen_random_uuid()"));
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
