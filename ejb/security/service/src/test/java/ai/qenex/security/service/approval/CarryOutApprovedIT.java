package ai.qenex.security.service.approval;

import static ai.qenex.security.service.approval.ApprovalFixture.call;
import static ai.qenex.security.service.approval.ApprovalFixture.require;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.Approval;
import ai.qenex.security.Approval.State;
import ai.qenex.security.SensitiveCall;
import ai.qenex.security.service.approval.CarryOutApproved.Answer;
import ai.qenex.security.service.approval.CarryOutApproved.Performer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attacks APPROVAL-2: what was approved, all of it and nothing else, is carried out once, whatever dies in between. */
class CarryOutApprovedIT {

  private final ApprovalFixture bank = new ApprovalFixture();
  private final Bank effects = new Bank();

  @AfterEach
  void stop() {
    bank.close();
  }

  /** Does what it is asked once per idempotency id, as every operation of ours does. */
  private static final class Bank implements Performer {

    final Map<UUID, AtomicInteger> asked = new ConcurrentHashMap<>();
    final List<Integer> statuses = new ArrayList<>();

    @Override
    public synchronized Answer perform(SensitiveCall call) {
      asked.computeIfAbsent(call.idempotencyId(), id -> new AtomicInteger()).incrementAndGet();
      int status = statuses.isEmpty() ? 201 : statuses.remove(0);
      return new Answer(status, "application/json", "{\"done\":true}".getBytes(StandardCharsets.UTF_8));
    }

    int times(SensitiveCall call) {
      return asked.getOrDefault(call.idempotencyId(), new AtomicInteger()).get();
    }
  }

  @Test
  void carriesOutWhatIsApprovedAndKeepsTheAnswer() throws Exception {
    SensitiveCall waiting = bank.asked(call("mark", 2));
    require(bank.approve(waiting.id(), "anna"));
    SensitiveCall call = bank.approved("mark");
    assertEquals(1, bank.node(effects).run());
    assertEquals(0, bank.node(effects).run());
    Approval done = bank.find(call);
    assertEquals(State.EXECUTED, done.state());
    assertEquals(201, done.result().orElseThrow().status());
    assertArrayEquals("{\"done\":true}".getBytes(StandardCharsets.UTF_8), done.result().orElseThrow().body());
    assertEquals(1, effects.times(call));
    assertEquals(0, effects.times(waiting));
    assertEquals(State.PENDING, bank.find(waiting).state());
  }

  @Test
  void letsOneOfManyNodesCarryItOut() throws Exception {
    List<SensitiveCall> calls = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      calls.add(bank.approved("mark"));
    }
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      var together = new CyclicBarrier(4);
      Callable<Integer> node = () -> {
        together.await();
        return bank.node(effects).run();
      };
      int tried = 0;
      for (Future<Integer> each : nodes.invokeAll(List.of(node, node, node, node))) {
        tried += each.get();
      }
      assertEquals(15, tried);
    } finally {
      nodes.shutdown();
    }
    calls.forEach(call -> assertEquals(1, effects.times(call)));
    calls.forEach(call -> assertEquals(State.EXECUTED, bank.find(call).state()));
  }

  /** Stands for a process that is killed: nothing after it happens. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  @Test
  void isTakenOverUnderTheSameIdWhenANodeDiesBeforeOrAfterTheEffect() throws Exception {
    for (boolean effectBefore : List.of(false, true)) {
      SensitiveCall call = bank.approved("mark");
      CarryOutApproved dying = bank.node(wanted -> {
        if (effectBefore) {
          effects.perform(wanted);
        }
        throw new Killed();
      });
      assertThrows(Killed.class, dying::run);
      assertEquals(State.EXECUTING, bank.find(call).state());
      assertEquals(0, bank.node(effects).run(), "nobody takes over while the dead one may live");
      bank.passes(CarryOutApproved.CLAIM);
      assertEquals(1, bank.node(effects).run());
      assertEquals(State.EXECUTED, bank.find(call).state());
      assertEquals(2, bank.find(call).attempts());
      assertEquals(effectBefore ? 2 : 1, effects.times(call), "asked again, but under the same id");
    }
  }

  @Test
  void triesAgainWithoutAnAnswerAndGivesUpInTheEnd() throws Exception {
    SensitiveCall call = bank.approved("mark");
    effects.statuses.addAll(List.of(503, 429));
    assertEquals(1, bank.node(effects).run());
    assertEquals(State.APPROVED, bank.find(call).state());
    assertEquals(0, bank.node(effects).run(), "not at once");
    bank.passes(Duration.ofMinutes(2));
    bank.node(effects).run();
    bank.passes(Duration.ofMinutes(2));
    bank.node(effects).run();
    assertEquals(State.EXECUTED, bank.find(call).state());
    SensitiveCall hopeless = bank.approved("mark");
    CarryOutApproved deaf = bank.node(wanted -> {
      throw new IOException("no answer");
    });
    for (int i = 0; i < CarryOutApproved.MOST_ATTEMPTS; i++) {
      assertEquals(State.APPROVED, bank.find(hopeless).state());
      deaf.run();
      bank.passes(Duration.ofMinutes(2));
    }
    assertEquals(State.FAILED, bank.find(hopeless).state());
    assertEquals(0, bank.find(hopeless).result().orElseThrow().status());
  }

  @Test
  void keepsARefusalOfTheOperationAsItsResult() throws Exception {
    SensitiveCall call = bank.approved("mark");
    effects.statuses.add(422);
    bank.node(effects).run();
    assertEquals(State.FAILED, bank.find(call).state());
    assertEquals(422, bank.find(call).result().orElseThrow().status());
  }

  @Test
  void refusesWhatWasAlteredBehindTheConstraints() throws Exception {
    SensitiveCall form = bank.approved("mark");
    SensitiveCall signature = bank.approved("mark");
    SensitiveCall taken = bank.approved("mark");
    String noGuard = "set session_replication_role = replica; ";
    assertThrows(SQLException.class, () -> bank.sql(noGuard
        + "update security.approval set form = overlay(form placing 'X' from octet_length(form) for 1) where id = '"
        + form.id() + "'"), "the hash is checked even then");
    bank.sql(noGuard
        + "update security.approval set form = overlay(form placing 'X' from octet_length(form) - 3 for 1),"
        + " hash = sha256(overlay(form placing 'X' from octet_length(form) - 3 for 1)) where id = '" + form.id()
        + "'; update security.approval_decision d set hash = a.hash from security.approval a where a.id = d.approval");
    bank.sql(noGuard + "update security.approval_decision set approver = 'carla' where approval = '" + signature.id()
        + "'");
    bank.sql(noGuard + "delete from security.approval_decision where approval = '" + taken.id() + "'");
    assertEquals(3, bank.node(effects).run());
    for (SensitiveCall altered : List.of(form, signature, taken)) {
      assertEquals(State.FAILED, bank.find(altered).state());
      assertEquals(0, effects.times(altered));
      assertTrue(new String(bank.find(altered).result().orElseThrow().body(), StandardCharsets.UTF_8)
          .contains("not the one that was approved"));
    }
  }

  @Test
  void doesNothingForAMakerWhoLostHisRolesOrIsDisabled() throws Exception {
    bank.sql("insert into security.client (id, secret_salt, iterations, secret_hash, roles) values ('gone',"
        + " decode(repeat('00', 16), 'hex'), 1000, decode(repeat('00', 64), 'hex'), '{teller}')");
    SensitiveCall call = bank.approved("gone");
    SensitiveCall second = bank.approved("gone");
    bank.sql("update security.client set roles = '{auditor}' where id = 'gone'");
    bank.node(effects).run();
    assertEquals(State.FAILED, bank.find(call).state());
    assertEquals(State.FAILED, bank.find(second).state());
    SensitiveCall disabled = bank.approved("gone");
    bank.sql("update security.client set roles = '{teller}', enabled = false where id = 'gone'");
    bank.node(effects).run();
    assertEquals(State.FAILED, bank.find(disabled).state());
    assertTrue(effects.asked.isEmpty());
  }
}
