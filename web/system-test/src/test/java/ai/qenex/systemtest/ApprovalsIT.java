package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.systemtest.Api.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** APPROVAL-1 and APPROVAL-2 over HTTP: makers, their checkers, and those who try to be both. */
@Isolated
class ApprovalsIT {

  private static final long DEADLINE_SECONDS = 30;

  private final Api teller = Api.as("teller");
  private final Api operator = Api.as("operator");
  private final Api approver = Api.as("approver");
  private final Api administrator = Api.as("administrator");
  private final SignedTokens tokens = SignedTokens.ofIssuer(RunningBank.get());

  private Answer put(String name, Map<String, ?> policy) {
    return administrator.send(administrator.request("/api/v1/approval-policies/" + name)
        .header("Content-Type", "application/json").PUT(BodyPublishers.ofString(Api.json(policy))));
  }

  private Answer drop(String name) {
    return administrator.send(administrator.request("/api/v1/approval-policies/" + name).DELETE());
  }

  @AfterEach
  void nothingNeedsApproval() {
    for (JsonNode policy : administrator.get("/api/v1/approval-policies").expect(200).body().path("items")) {
      drop(policy.path("name").asText()).expect(204);
    }
  }

  @Test
  void keepsALargeTransferUntilSomebodyElseApproves() {
    put("large-transfers", Map.of("operation", "transfer", "above", "EUR=100", "needed", 1)).expect(200);
    String from = teller.openWith("EUR", "90.00");
    String to = teller.open("EUR", "current").path("id").asText();
    assertEquals("0.00", teller.booked(to));
    teller.transfer(from, to, "50.00", "EUR").expect(201);
    Answer kept = teller.transfer(from, to, "100.01", "EUR").expect(202);
    String place = kept.header("Location");
    assertTrue(place.contains("/api/v1/approvals/" + kept.text("id")), place);
    assertEquals("pending", kept.text("state"));
    assertEquals("50.00", teller.booked(to));
    approver.post("/api/v1/approvals/" + kept.text("id") + "/approve").expect(200);
    JsonNode ended = awaitEnd(kept.text("id"));
    assertEquals("failed", ended.path("state").asText(), ended::toString);
    assertEquals(422, ended.path("result").path("status").asInt(), ended::toString);
  }

  private JsonNode awaitEnd(String id) {
    Instant deadline = Instant.now().plusSeconds(DEADLINE_SECONDS);
    while (true) {
      JsonNode approval = operator.get("/api/v1/approvals/" + id).expect(200).body();
      String state = approval.path("state").asText();
      if (!List.of("pending", "approved", "executing").contains(state)) {
        return approval;
      }
      assertTrue(Instant.now().isBefore(deadline), approval::toString);
      Thread.onSpinWait();
    }
  }

  @Test
  void carriesOutALimitChangeInItsMakersName() {
    put("limits", Map.of("operation", "account-limit", "needed", 2, "roles", List.of("approver", "administrator")))
        .expect(200);
    String account = teller.open("EUR", "current").path("id").asText();
    Answer kept = operator.post("/api/v1/accounts/" + account + "/limit", Map.of("limit", "25.00", "reason", "asked"))
        .expect(202);
    String id = kept.text("id");
    operator.post("/api/v1/approvals/" + id + "/approve").expectProblem(422, "APPROVAL_OF_OWN_REQUEST");
    teller.post("/api/v1/approvals/" + id + "/approve").expectProblem(403, "FORBIDDEN");
    approver.post("/api/v1/approvals/" + id + "/approve", Map.of("comment", "fine")).expect(200);
    approver.post("/api/v1/approvals/" + id + "/approve").expectProblem(422, "APPROVAL_ALREADY_GIVEN");
    assertEquals("pending", operator.get("/api/v1/approvals/" + id).text("state"));
    administrator.post("/api/v1/approvals/" + id + "/approve").expect(200);
    JsonNode ended = awaitEnd(id);
    assertEquals("executed", ended.path("state").asText(), ended::toString);
    assertEquals(200, ended.path("result").path("status").asInt());
    ended.path("decisions").forEach(decision -> assertTrue(decision.path("valid").asBoolean(), decision::toString));
    JsonNode change =
        operator.get("/api/v1/accounts/" + account + "/changes").expect(200).body().path("items").path(0);
    assertEquals("demo-operator", change.path("by").asText(), change::toString);
    administrator.post("/api/v1/approvals/" + id + "/approve").expectProblem(422, "APPROVAL_ALREADY_GIVEN");
  }

  @Test
  void rejectsForGoodAndLetsOnlyTheMakerWithdraw() {
    put("periods", Map.of("operation", "job", "needed", 1)).expect(200);
    Answer kept = operator.post("/api/v1/jobs/end-of-day", Map.of("businessDate", "2031-01-02")).expect(202);
    administrator.post("/api/v1/approvals/" + kept.text("id") + "/withdraw").expectProblem(422, "NOT_THE_MAKER");
    administrator.post("/api/v1/approvals/" + kept.text("id") + "/approve")
        .expectProblem(422, "APPROVER_ROLE_MISSING");
    approver.post("/api/v1/approvals/" + kept.text("id") + "/reject", Map.of("comment", "no")).expect(200);
    approver.post("/api/v1/approvals/" + kept.text("id") + "/approve").expectProblem(422, "APPROVAL_ALREADY_GIVEN");
    Answer second = operator.post("/api/v1/jobs/end-of-day", Map.of("businessDate", "2031-01-02")).expect(202);
    operator.post("/api/v1/approvals/" + second.text("id") + "/withdraw").expect(200);
    approver.post("/api/v1/approvals/" + second.text("id") + "/approve").expectProblem(422, "APPROVAL_CLOSED");
    approver.post("/api/v1/approvals/" + UUID.randomUUID() + "/approve").expectProblem(404, "APPROVAL_NOT_FOUND");
  }

  @Test
  void letsNobodyInByASecretOfHisOwn() {
    Answer answer = new Answer(null, RunningBank.get().send(java.net.http.HttpRequest
        .newBuilder(RunningBank.get().at("/api/v1/ledger/check")).header("Authorization", "Approval guessed").build()));
    answer.expect(401);
  }
}
