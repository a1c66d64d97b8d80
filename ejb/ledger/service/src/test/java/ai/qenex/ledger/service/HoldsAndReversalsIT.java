package ai.qenex.ledger.service;

import static ai.qenex.ledger.service.LedgerFixture.EUR;
import static ai.qenex.ledger.service.LedgerFixture.newId;
import static ai.qenex.ledger.service.LedgerFixture.transfer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Asked;
import ai.qenex.ledger.CaptureHold;
import ai.qenex.ledger.ChangeAccount;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.ExpireHold;
import ai.qenex.ledger.Hold;
import ai.qenex.ledger.HoldStatus;
import ai.qenex.ledger.Holds.Life;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.AccountChanged;
import ai.qenex.ledger.LedgerEntry.AccountOpened;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PlaceHold;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Product;
import ai.qenex.ledger.ReleaseHold;
import ai.qenex.ledger.ReverseTransfer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HOLD-1 and REVERSAL-1 on PostgreSQL: across restarts, in the projection, and when the log alone remembers. */
class HoldsAndReversalsIT {

  private final LedgerFixture ledger = new LedgerFixture();
  private final AccountNumber vault = ledger.open(Product.INTERNAL);
  private final AccountNumber ada = ledger.open(Product.CURRENT);
  private final AccountNumber shop = ledger.open(Product.CURRENT);

  @AfterEach
  void close() {
    ledger.close();
  }

  private static PlaceHold hold(AccountNumber account, long cents, Optional<Instant> expiresAt) {
    return new PlaceHold(newId(), account, Money.ofMinorUnits(cents, EUR), Optional.empty(), expiresAt,
        Optional.of("Hotel"));
  }

  private CaptureHold capture(UUID hold, long cents, boolean last) {
    return new CaptureHold(newId(), hold, Optional.of(Money.ofMinorUnits(cents, EUR)), Optional.of(shop), last,
        Optional.empty(), Optional.empty());
  }

  private static ReverseTransfer reversal(UUID transfer) {
    return new ReverseTransfer(newId(), transfer, Optional.empty(), Optional.empty());
  }

  private UUID accepted(Instruction instruction) {
    Outcome outcome = ledger.submit(instruction);
    assertTrue(outcome instanceof Outcome.Accepted, outcome::toString);
    return instruction.ids().get(0);
  }

  private Map<String, String> figures(Clause clause, Instruction instruction) {
    var refused = (Outcome.Refused) ledger.submit(instruction);
    assertEquals(clause, refused.refusal().clause());
    return refused.refusal().figures();
  }

  private long held(AccountNumber account) {
    return ledger.engine().state().committed(account).orElseThrow().held().toLong();
  }

  private void assertLaws() {
    ledger.awaitProjection();
    assertEquals(List.of(), ledger.brokenLaws());
  }

  @Test
  void holdsSurviveRestartsInEveryStateOfTheProjection() {
    accepted(transfer(vault, ada, 10_000));
    UUID first = accepted(hold(ada, 4_000, Optional.empty()));
    UUID second = accepted(hold(ada, 5_000, Optional.empty()));
    accepted(capture(first, 1_500, false));
    for (int round = 0; round < 2; round++) {
      ledger.restart();
      assertEquals(7_500, held(ada));
      assertEquals(Map.of("booked", "85.00", "held", "75.00", "overdraftLimit", "0.00", "available", "10.00",
          "requested", "10.01"), figures(Clause.EXCEEDS_AVAILABLE_BALANCE, transfer(ada, shop, 1_001)));
      ledger.awaitProjection();
    }
    assertEquals(Map.of("hold", first.toString(), "held", "25.00", "requested", "25.01"),
        figures(Clause.EXCEEDS_HOLD, capture(first, 2_501, false)));
    accepted(capture(first, 1_000, true));
    accepted(new ReleaseHold(newId(), second));
    ledger.restart();
    assertEquals(0, held(ada));
    assertEquals(2_500, ledger.booked(shop));
    assertEquals(Map.of("hold", first.toString(), "holdStatus", "captured"),
        figures(Clause.HOLD_NOT_OPEN, capture(first, 1, false)));
    assertEquals(Map.of("hold", second.toString(), "holdStatus", "released"),
        figures(Clause.HOLD_NOT_OPEN, new ReleaseHold(newId(), second)));
    assertLaws();
  }

  @Test
  void expiresWhatIsDueAndRefusesItsCaptureBefore() throws SQLException {
    accepted(transfer(vault, ada, 10_000));
    Instant soon = Instant.now().plusMillis(400);
    UUID due = accepted(hold(ada, 4_000, Optional.of(soon)));
    UUID later = accepted(hold(ada, 5_000, Optional.empty()));
    assertEquals(Clause.HOLD_NOT_DUE, ((Outcome.Refused) ledger.submit(new ExpireHold(due))).refusal().clause());
    ledger.awaitProjection();
    var expiry = new HoldExpiry(ledger.database(), ledger.engine(), Instant::now);
    LedgerFixture.await(() -> Instant.now().isAfter(soon));
    assertEquals(soon.truncatedTo(ChronoUnit.MICROS).toString(),
        figures(Clause.HOLD_EXPIRED, capture(due, 1, false)).get("expiresAt"));
    assertEquals(1, expiry.run());
    assertEquals(0, expiry.run());
    ledger.awaitProjection();
    assertEquals(0, expiry.run());
    assertEquals(5_000, held(ada));
    assertEquals("expired", figures(Clause.HOLD_NOT_OPEN, capture(due, 1, false)).get("holdStatus"));
    assertEquals(HoldStatus.OPEN, new LogHolds(ledger.database()).find(later).orElseThrow().now().status());
    assertLaws();
  }

  @Test
  void reversesWhatOnlyTheLogRemembers() {
    ledger.close();
    ledger.useWindow(2);
    ledger.start(ledger.database());
    UUID paid = accepted(transfer(vault, ada, 500));
    UUID hold = accepted(hold(ada, 400, Optional.empty()));
    UUID captured = accepted(capture(hold, 300, true));
    for (int i = 0; i < 20; i++) {
      accepted(transfer(vault, shop, 1));
    }
    ledger.restart();
    ReverseTransfer undo = reversal(captured);
    accepted(undo);
    assertEquals(500, ledger.booked(ada));
    assertEquals("captured", figures(Clause.HOLD_NOT_OPEN, new ReleaseHold(newId(), hold)).get("holdStatus"));
    accepted(reversal(paid));
    ledger.restart();
    for (int i = 0; i < 20; i++) {
      accepted(transfer(vault, shop, 1));
    }
    assertEquals(Map.of("transfer", captured.toString(), "reversal", undo.id().toString()),
        figures(Clause.TRANSFER_ALREADY_REVERSED, reversal(captured)));
    assertEquals(Map.of("transfer", undo.id().toString(), "reverses", captured.toString()),
        figures(Clause.REVERSAL_NOT_REVERSIBLE, reversal(undo.id())));
    assertTrue(((Outcome.Accepted) ledger.submit(undo)).repeated());
    assertEquals(Clause.TRANSFER_NOT_FOUND, ((Outcome.Refused) ledger.submit(reversal(hold))).refusal().clause());
    assertEquals(Map.of(captured, undo.id()), new LogReversals(ledger.database()).of(List.of(captured, hold)));
    assertLaws();
  }

  @Test
  void reversesOnceHoweverManyAskInOneBatch() {
    UUID paid = accepted(transfer(vault, ada, 500));
    var asked = new ArrayList<Instruction>();
    for (int i = 0; i < 50; i++) {
      asked.add(reversal(paid));
    }
    long done = ledger.engine().submitAll(asked).stream().filter(Outcome.Accepted.class::isInstance).count();
    assertEquals(1, done);
    assertEquals(0, ledger.booked(ada));
    assertLaws();
  }

  @Test
  void listsHoldsAndChangesPageByPageWithTheProjectionBehind() {
    accepted(transfer(vault, ada, 10_000));
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < 7; i++) {
      ids.add(0, accepted(hold(ada, 10 + i, Optional.empty())));
      if (i == 3) {
        ledger.awaitProjection();
      }
    }
    accepted(new ChangeAccount(newId(), ada, new ChangeAccount.Freeze(ChangeAccount.Side.CREDITS),
        Optional.of(new Asked("olga", "Court order 12/27"))));
    accepted(new ReleaseHold(newId(), ids.get(0)));
    var holds = new LogHolds(ledger.database());
    var seen = new ArrayList<Life>();
    Optional<String> cursor = Optional.empty();
    do {
      var page = holds.of(ada, 3, cursor);
      seen.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    assertEquals(ids, seen.stream().map(life -> life.placed().id()).toList());
    assertEquals(List.of(HoldStatus.RELEASED, HoldStatus.OPEN),
        seen.subList(0, 2).stream().map(Life::now).map(Hold::status).toList());
    assertEquals(Optional.of("Hotel"), seen.get(0).placed().reference());
    List<LedgerEntry> changes = new LogChanges(ledger.database()).of(ada, 10, Optional.empty()).items();
    assertEquals(Optional.of(new Asked("olga", "Court order 12/27")), ((AccountChanged) changes.get(0)).asked());
    assertTrue(changes.get(1) instanceof AccountOpened);
    assertEquals(2, changes.size());
  }

  /** Whatever was asked, a restart gives the same memory, and the projection keeps the same figures. */
  @Test
  void isTheSameAfterARestartWhateverWasAsked() {
    var random = new Random(20270301);
    List<AccountNumber> accounts = List.of(vault, ada, shop, ledger.open(Product.CURRENT));
    var transfers = new ArrayList<UUID>();
    var placed = new ArrayList<UUID>();
    for (int round = 0; round < 6; round++) {
      var batch = new ArrayList<Instruction>();
      for (int i = 0; i < 300; i++) {
        batch.add(any(random, accounts, transfers, placed));
      }
      ledger.engine().submitAll(batch);
      List<String> before = memory(accounts);
      if (random.nextBoolean()) {
        ledger.awaitProjection();
      }
      ledger.restart();
      assertEquals(before, memory(accounts));
    }
    assertTrue(ledger.count("select count(*) from ledger.log where kind = 7") > 50);
    assertTrue(ledger.count("select count(*) from ledger.log where kind = 1 and hold is not null") > 10);
    assertTrue(ledger.count("select count(*) from ledger.log where reverses is not null") > 20);
    assertLaws();
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "update ledger.account set held = held + 1 where number = 2",
      "update ledger.hold set held = held + 1, placed = placed + 1 where status = 'open'",
      "update ledger.log set held = held + 1 where kind = 1 and held > 0",
      "update ledger.log set amount = amount + 1 where kind = 8",
      "update ledger.log set reverses = null where reverses is not null; "
          + "update ledger.log set reverses = hold where kind = 8",
      "update ledger.log l set reverses = (select id from ledger.log o where o.kind = 1 order by seq limit 1) "
          + "where reverses is not null"})
  void theOnlineCheckFindsWhatSomebodyMadeWrong(String tampering) {
    accepted(transfer(vault, ada, 10_000));
    UUID hold = accepted(hold(ada, 4_000, Optional.empty()));
    accepted(hold(ada, 700, Optional.empty()));
    accepted(reversal(accepted(capture(hold, 1_000, false))));
    accepted(capture(hold, 500, false));
    accepted(new ReleaseHold(newId(), hold));
    ledger.awaitProjection();
    var proof = new BookProof(ledger.database(), Clock.systemUTC());
    assertEquals(List.of(), proof.check().violations());
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; alter table ledger.log_1 disable trigger all; "
        + "alter table ledger.log drop constraint hold_or_reversal_is_lawful; " + tampering);
    assertFalse(new BookProof(ledger.database(), Clock.systemUTC()).check().passed(), tampering);
  }

  private List<String> memory(List<AccountNumber> accounts) {
    return accounts.stream().map(number -> ledger.engine().state().committed(number).orElseThrow().toString()).toList();
  }

  private Instruction any(Random random, List<AccountNumber> accounts, List<UUID> transfers, List<UUID> placed) {
    AccountNumber one = accounts.get(random.nextInt(accounts.size()));
    AccountNumber other = accounts.get(random.nextInt(accounts.size()));
    UUID transfer = transfers.isEmpty() ? newId() : transfers.get(random.nextInt(transfers.size()));
    UUID hold = placed.isEmpty() ? newId() : placed.get(random.nextInt(placed.size()));
    long cents = 1 + random.nextInt(300);
    Instruction next = switch (random.nextInt(8)) {
      case 0, 1 -> transfer(vault, other.equals(vault) ? ada : other, cents);
      case 2 -> hold(one, cents, Optional.empty());
      case 3 -> capture(hold, 1 + cents / 3, random.nextBoolean());
      case 4 -> new ReleaseHold(newId(), hold);
      case 5 -> reversal(transfer);
      case 6 -> new LinkedInstructions(List.of(reversal(transfer), transfer(one, other, cents)));
      default -> transfer(one, other, cents);
    };
    if (next instanceof PostTransfers || next instanceof CaptureHold) {
      transfers.add(next.ids().get(0));
    } else if (next instanceof PlaceHold) {
      placed.add(next.ids().get(0));
    }
    return next;
  }
}
