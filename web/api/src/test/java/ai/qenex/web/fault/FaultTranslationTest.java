package ai.qenex.web.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.web.problem.Problem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTranslationTest {

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void givesEveryFaultItsStatusHoweverItIsWrapped(ErrorCode code) {
    int expected = switch (code.kind()) {
      case CLIENT -> 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case OVERLOAD -> 503;
      case INTERNAL -> code == ErrorCode.STORAGE_FAILED ? 503 : 500;
    };
    var fault = new QenexException(code, "secret of the house");
    assertEquals(expected, FaultTranslation.problemOf(fault).status());
    Problem wrapped = FaultTranslation.problemOf(new EJBException("x", new RuntimeException(fault)));
    assertEquals(expected, wrapped.status());
    if (expected >= 500 && code != ErrorCode.NOT_LEADER) { // which names the node that leads
      assertFalse(wrapped.detail().contains("secret"), wrapped.detail());
    }
  }

  @Test
  void asksToComeBackWhenTheDatabaseIsAwayAndRecordsTheIncident() {
    var lost = new EJBException("x", new QenexException(ErrorCode.STORAGE_FAILED, "db-7 refused the connection"));
    Problem problem = FaultTranslation.problemOf(lost);
    assertEquals("UNAVAILABLE", problem.code());
    assertTrue(FaultTranslation.isIncident(lost, problem));
    var busy = new QenexException(ErrorCode.OVERLOADED, "the queue is full");
    assertFalse(FaultTranslation.isIncident(busy, FaultTranslation.problemOf(busy)));
    var broken = new QenexException(ErrorCode.INVARIANT_BROKEN, "the sums differ");
    assertTrue(FaultTranslation.isIncident(broken, FaultTranslation.problemOf(broken)));
  }

  @Test
  void tellsNothingOfFaultsThatAreOurs() {
    Problem problem = FaultTranslation.problemOf(new IllegalStateException("table ledger.log is gone"));
    assertEquals(500, problem.status());
    assertEquals("INTERNAL_ERROR", problem.code());
    assertFalse(problem.detail().contains("ledger.log"));
  }

  @Test
  void endsEvenWhenCausesRunInCircles() {
    var first = new RuntimeException("a");
    first.initCause(new RuntimeException("b", first));
    assertEquals(500, FaultTranslation.problemOf(first).status());
  }

  @Test
  void refusesWrongRolesAs403() {
    assertEquals(403, FaultTranslation.problemOf(new EJBAccessException("no")).status());
  }

  @ParameterizedTest
  @CsvSource({"400,INVALID_REQUEST", "401,UNAUTHENTICATED", "403,FORBIDDEN", "404,NOT_FOUND", "405,METHOD_NOT_ALLOWED",
      "406,NOT_ACCEPTABLE", "413,PAYLOAD_TOO_LARGE", "415,UNSUPPORTED_MEDIA_TYPE", "418,INVALID_REQUEST",
      "503,UNAVAILABLE",
      "500,INTERNAL_ERROR", "502,INTERNAL_ERROR"})
  void namesEveryStatus(int status, String code) {
    assertEquals(code, FaultTranslation.ofStatus(status).code());
  }

  @Test
  void writesTheMembersOfRfc9457AndTheFigures() throws IOException {
    Problem problem = new Problem(422, "EXCEEDS_AVAILABLE_BALANCE", "The ledger refused", "less is available",
        Map.of("available", "1.00", "status", "not this one"));
    JsonNode json = new ObjectMapper().readTree(ProblemJson.write(problem, "/api/v1/transfers/\"\u0001"));
    assertEquals("urn:qenex:problem:exceeds-available-balance", json.get("type").asText());
    assertEquals("The ledger refused", json.get("title").asText());
    assertEquals(422, json.get("status").asInt());
    assertEquals("less is available", json.get("detail").asText());
    assertEquals("/api/v1/transfers/\"\u0001", json.get("instance").asText());
    assertEquals("EXCEEDS_AVAILABLE_BALANCE", json.get("code").asText());
    assertEquals("1.00", json.get("available").asText());
    assertEquals(7, json.size());
  }
}
