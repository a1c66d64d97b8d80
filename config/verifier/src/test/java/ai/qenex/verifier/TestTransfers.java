package ai.qenex.verifier;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

final class TestTransfers {

  private TestTransfers() {}

  record Sides(AccountNumber debit, AccountNumber credit, Money amount, Amount balance) {}

  static TransferPosted posted(long seq, UUID id, Instant at, Sides sides) {
    return new TransferPosted(seq, id, at, BusinessDate.parse("2027-03-01"), LocalDate.of(2027, 3, 2), sides.debit,
        sides.credit, sides.amount, sides.balance.negated(), sides.balance, Optional.empty());
  }
}
