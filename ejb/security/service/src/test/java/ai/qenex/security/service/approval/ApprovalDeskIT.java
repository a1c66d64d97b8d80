package ai.qenex.security.service.approval;

import static ai.qenex.security.service.approval.ApprovalFixture.LIFE;
import static ai.qenex.security.service.approval.ApprovalFixture.approver;
import static ai.qenex.security.service.approval.ApprovalFixture.call;
import static ai.qenex.security.service.approval.ApprovalFixture.clause;
import static ai.qenex.security.service.approval.ApprovalFixture.require;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Money;
import ai.qenex.security.AmountLimits;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.State;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalClause;
import ai.qenex.security.ApprovalPolicy;
import ai.qenex.security.Approvals;
import ai.qenex.security.Approver;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.SensitiveCall;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attacks APPROVAL-1 over the desk and over SQL: nobody is maker and checker, nobody checks twice. */
class ApprovalDeskIT {

  private static ApprovalFixture bank;

  @BeforeAll
  static void start() {
    bank = new ApprovalFixture();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @Test
  void waitsForAsManyDifferentApproversAsItNeeds() {
    SensitiveCall call = bank.asked(call("mark", 3));
    assertEquals(State.PENDING, require(bank.approve(call.id(), "anna")).state());
    assertEquals(ApprovalClause.APPROVAL_ALREADY_GIVEN, clause(bank.approve(call.id(), "anna")));
    assertEquals(State.PENDING, require(bank.approve(call.id(), "berta")).state());
    Approval approved = require(bank.approve(call.id(), "carla"));
    assertEquals(State.APPROVED, approved.state());
    assertEquals(List.of("anna", "berta", "carla"),
        approved.decisions().stream().map(Approval.Decision::approver).sorted().toList());
    assertTrue(approved.decisions().stream().allMatch(Approval.Decision::valid));
    assertEquals(ApprovalClause.APPROVAL_CLOSED, clause(bank.approve(call.id(), "dora")));
  }

  @Test
  void letsNobodyApproveWhatHeAskedForOrHisOwnRights() {
    assertEquals(ApprovalClause.APPROVAL_OF_OWN_REQUEST,
        clause(bank.approve(bank.asked(call("mark", 1)).id(), "mark")));
    SensitiveCall rights = bank.asked(call("mark", 1, OperationFigures.concerning("anna"), Set.of()));
    assertEquals(ApprovalClause.APPROVAL_OF_OWN_RIGHTS, clause(bank.approve(rights.id(), "anna")));
    assertEquals(State.APPROVED, require(bank.approve(rights.id(), "berta")).state());
  }

  @Test
  void asksForTheRoleAndTheNameThePolicySays() {
    SensitiveCall call = bank.asked(call("mark", 1, OperationFigures.NONE, Set.of("carla")));
    assertEquals(ApprovalClause.APPROVER_NOT_NAMED, clause(bank.approve(call.id(), "anna")));
    var operator = new Approver("carla", Set.of("operator"), AmountLimits.NONE);
    assertEquals(ApprovalClause.APPROVER_ROLE_MISSING,
        clause(bank.desk.decide(call.id(), operator, Verdict.APPROVE, "")));
    assertEquals(State.APPROVED, require(bank.approve(call.id(), "carla")).state());
  }

  @ParameterizedTest
  @CsvSource({"EUR=10000,true", "EUR=9999.99,false", "*=10000,true", "USD=99999,false", "*=0,false"})
  void letsApproversApproveUpToTheirLimit(String limits, boolean enough) {
    SensitiveCall call = bank.asked(call("mark", 1));
    var limited = new Approver("anna", Set.of("approver"), AmountLimits.parse(limits).orElseThrow());
    ApprovalAnswer answer = bank.desk.decide(call.id(), limited, Verdict.APPROVE, "");
    if (enough) {
      assertEquals(State.APPROVED, require(answer).state());
    } else {
      assertEquals(ApprovalClause.APPROVER_LIMIT_EXCEEDED, clause(answer));
      assertEquals(State.REJECTED, require(bank.desk.decide(call.id(), limited, Verdict.REJECT, "no")).state());
    }
  }

  @Test
  void letsNobodyWithALimitApproveASumThatOnlyTheLedgerKnows() {
    SensitiveCall call = bank.asked(call("mark", 1, OperationFigures.ofOpenAmount(false), Set.of()));
    var limited = new Approver("anna", Set.of("approver"), AmountLimits.parse("*=99999999").orElseThrow());
    assertEquals(ApprovalClause.APPROVER_LIMIT_EXCEEDED,
        clause(bank.desk.decide(call.id(), limited, Verdict.APPROVE, "")));
  }

  @Test
  void takesNoDecisionAfterRejectionWithdrawalOrExpiry() {
    SensitiveCall rejected = bank.asked(call("mark", 1));
    require(bank.desk.decide(rejected.id(), approver("anna"), Verdict.REJECT, ""));
    assertEquals(ApprovalClause.APPROVAL_CLOSED, clause(bank.approve(rejected.id(), "berta")));
    SensitiveCall withdrawn = bank.asked(call("mark", 1));
    assertEquals(ApprovalClause.NOT_THE_MAKER, clause(bank.desk.withdraw(withdrawn.id(), "anna")));
    require(bank.desk.withdraw(withdrawn.id(), "mark"));
    assertEquals(ApprovalClause.APPROVAL_CLOSED, clause(bank.approve(withdrawn.id(), "berta")));
    SensitiveCall late = bank.asked(call("mark", 1));
    bank.passes(LIFE);
    assertEquals(ApprovalClause.APPROVAL_EXPIRED, clause(bank.approve(late.id(), "berta")));
    assertTrue(bank.desk.expire() >= 1);
    assertEquals(State.EXPIRED, bank.find(late).state());
    assertInstanceOf(ApprovalAnswer.Missing.class, bank.approve(UUID.randomUUID(), "anna"));
  }

  @Test
  void answersARepeatedRequestWithTheOneThereIs() {
    SensitiveCall call = bank.asked(call("mark", 1));
    assertEquals(call.id(), require(bank.desk.request(call, Duration.ofDays(2))).call().id());
    var other = new SensitiveCall(call.id(), call.operation(), call.figures(), call.policy(), 1, call.approverRoles(),
        Set.of(), "mark", call.makerRoles(), "POST", call.path(), "", "application/json", call.idempotencyId(),
        new byte[] {'{', '}'});
    assertEquals(ApprovalClause.IDEMPOTENCY_KEY_REUSED, clause(bank.desk.request(other, LIFE)));
  }

  @Test
  void letsOneOfTwoConcurrentLastApprovalsBeTheLast() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 20; round++) {
        SensitiveCall call = bank.asked(call("mark", 2));
        require(bank.approve(call.id(), "anna"));
        var together = new CyclicBarrier(2);
        Callable<ApprovalAnswer> berta = () -> {
          together.await();
          return bank.approve(call.id(), "berta");
        };
        Callable<ApprovalAnswer> carla = () -> {
          together.await();
          return bank.approve(call.id(), "carla");
        };
        List<ApprovalAnswer> answers =
            List.of(people.submit(berta), people.submit(carla)).stream().map(ApprovalDeskIT::get).toList();
        assertEquals(1, answers.stream().filter(ApprovalAnswer.Known.class::isInstance).count());
        assertEquals(1, answers.stream().filter(ApprovalAnswer.Refused.class::isInstance)
            .filter(answer -> clause(answer) == ApprovalClause.APPROVAL_CLOSED).count());
      }
    } finally {
      people.shutdown();
    }
  }

  private static <T> T get(java.util.concurrent.Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static void refused(String sqlState, String sql) {
    SQLException refusal = assertThrows(SQLException.class, () -> bank.sql(sql));
    assertEquals(sqlState, refusal.getSQLState(), refusal.getMessage());
  }

  /** Who writes to the database directly meets the same law. */
  @Test
  void refusesSqlThatMakesTheMakerACheckerOrOneCheckerTwo() {
    SensitiveCall call = bank.asked(call("mark", 2, OperationFigures.concerning("petra"), Set.of()));
    String columns = "insert into security.approval_decision select id, '%s', %s, concerns, hash, 'approve', now(), '',"
        + " 'Ed25519', 'k', 1, 'x' from security.approval where id = '" + call.id() + "'";
    refused("23514", columns.formatted("mark", "maker"));
    refused("23514", columns.formatted("petra", "maker"));
    refused("23503", columns.formatted("mark", "'somebody else'"));
    require(bank.approve(call.id(), "anna"));
    refused("23505", columns.formatted("anna", "maker"));
    refused("23514", "update security.approval_decision set approver = 'berta' where approval = '" + call.id() + "'");
    refused("23514", "delete from security.approval_decision where approval = '" + call.id() + "'");
  }

  @Test
  void refusesSqlThatChangesARequestOrSkipsItsApprovals() {
    SensitiveCall call = bank.asked(call("mark", 2));
    require(bank.approve(call.id(), "anna"));
    String where = " where id = '" + call.id() + "'";
    refused("23514", "update security.approval set state = 'approved'" + where);
    refused("23514", "update security.approval set state = 'executing'" + where);
    refused("23514", "update security.approval set needed = 1" + where);
    refused("23514", "update security.approval set maker = 'petra'" + where);
    refused("23514", "update security.approval set form = 'x', hash = sha256('x')" + where);
    refused("23514", "delete from security.approval" + where);
    refused("23514", "insert into security.approval (id, operation, maker, needed, form, hash, state, created_at,"
        + " expires_at) values (gen_random_uuid(), 'transfer', 'mark', 1, 'x', sha256('x'), 'approved', now(),"
        + " now() + interval '1 day')");
    refused("23514", "insert into security.approval (id, operation, maker, needed, form, hash, created_at, expires_at)"
        + " values (gen_random_uuid(), 'transfer', 'mark', 1, 'x', sha256('y'), now(), now() + interval '1 day')");
    require(bank.desk.withdraw(call.id(), "mark"));
    refused("23514", "insert into security.approval_decision select id, 'berta', maker, concerns, hash, 'approve',"
        + " now(), '', 'Ed25519', 'k', 1, 'x' from security.approval" + where);
  }

  @Test
  void listsByStateAndMakerPageByPage() {
    String maker = "lister";
    for (int i = 0; i < 5; i++) {
      bank.asked(call(maker, 1));
      bank.passes(Duration.ofSeconds(1));
    }
    require(bank.desk.withdraw(bank.asked(call(maker, 1)).id(), maker));
    var first = bank.desk.list(new Approvals.Wanted(Optional.of(State.PENDING), Optional.of(maker), Optional.empty(),
        3));
    assertEquals(3, first.items().size());
    var rest = bank.desk.list(new Approvals.Wanted(Optional.of(State.PENDING), Optional.of(maker),
        first.next().map(UUID::fromString), 3));
    assertEquals(2, rest.items().size());
    assertTrue(rest.next().isEmpty());
  }

  @Test
  void keepsPoliciesAndTellsOfEachChange() {
    long before = bank.transactions.run(PolicyStore::version);
    var policy = new ApprovalPolicy("large", Operation.TRANSFER, AmountLimits.parse("EUR=10000").orElseThrow(), false,
        2, Set.of("approver", "operator"), Set.of("anna", "berta"), Duration.ofHours(2));
    bank.transactions.run(connection -> {
      PolicyStore.keep(connection, policy, "admin");
      return policy;
    });
    assertEquals(List.of(policy), bank.transactions.run(PolicyStore::all));
    assertEquals(before + 1, bank.transactions.run(PolicyStore::version));
    assertTrue(policy.isFor(OperationFigures.of(Money.ofMinorUnits(1_000_001, ApprovalFixture.EUR), false)));
    boolean dropped = bank.transactions.run(connection -> PolicyStore.drop(connection, "large"));
    assertTrue(dropped);
    assertEquals(before + 2, bank.transactions.run(PolicyStore::version));
  }
}
