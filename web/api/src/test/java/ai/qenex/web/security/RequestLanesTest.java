package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.web.security.RequestLanes.Lane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLanesTest {

  private final RequestLanes lanes = new RequestLanes(new AdaptiveLimit(new AdaptiveLimit.Bounds(1, 2, 1_000)), 1, 1);

  @Test
  void keepsStreamsAndShortRequestsOutOfEachOthersRoom() {
    assertEquals(Lane.STREAM, enter("/api/v1/payment-files"));
    assertEquals(Lane.NONE, enter("/api/v1/accounts/a/export"));
    assertEquals(Lane.SHORT, enter("/api/v1/transfers"));
    assertEquals(Lane.SHORT, enter("/api/v1/transfers"));
    assertEquals(Lane.NONE, enter("/api/v1/transfers"));
    lanes.leave(Lane.STREAM, 1);
    assertEquals(Lane.STREAM, enter("/api/v1/transfers/batch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/live", "/health/ready"})
  void answersHealthHoweverFullItIs(String path) {
    fill();
    assertEquals(Lane.FREE, enter(path));
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/jobs/end-of-day,OPERATOR", "/api/v1/accounts/a,OPERATOR", "/api/v1/transfers,NONE",
      "/api/v1/transaction,NONE", "/api/v1/holds/1/capture,NONE", "/health/../api/v1/transfers,OPERATOR"})
  void keepsAPlaceForThoseWhoRunTheBankButNotForMovingMoney(String path, Lane lane) {
    fill();
    assertEquals(lane, lanes.enter(path, () -> true));
    assertEquals(Lane.NONE, lanes.enter(path, () -> false));
  }

  @Test
  void hasOperatorsPlacesInTheirNumber() {
    fill();
    assertEquals(Lane.OPERATOR, lanes.enter("/api/v1/ledger/check", () -> true));
    assertEquals(Lane.NONE, lanes.enter("/api/v1/ledger/check", () -> true));
    lanes.leave(Lane.NONE, 0);
    assertEquals(Lane.NONE, lanes.enter("/api/v1/ledger/check", () -> true));
    lanes.leave(Lane.OPERATOR, 1);
    assertEquals(Lane.OPERATOR, lanes.enter("/api/v1/ledger/check", () -> true));
  }

  private void fill() {
    enter("/api/v1/transfers");
    enter("/api/v1/transfers");
  }

  private Lane enter(String path) {
    return lanes.enter(path, () -> false);
  }
}
