package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ALLOCATION-1 over HTTP: splits to the last minor unit, caps, what is kept, and bodies that nobody should send. */
class AllocationsIT {

  private static final String ALLOCATIONS = "/api/v1/allocations";

  private final Api teller = Api.as("teller");
  private final String ada = teller.openWith("EUR", "100.00");
  private final String bob = teller.openWith("EUR", "10.00");
  private final String shop = open();
  private final String courier = open();
  private final String fees = open();

  private String open() {
    return teller.open("EUR", "current").path("id").asText();
  }

  /** Single quotes stand for double ones, and A, B, S, C, F for the accounts. */
  private String json(String text) {
    return text.replace('\'', '"').replace("$A", ada).replace("$B", bob).replace("$S", shop).replace("$C", courier)
        .replace("$F", fees);
  }

  private Api.Answer allocate(String text, String... headers) {
    return teller.post(ALLOCATIONS, json(text), headers);
  }

  private void assertBooked(String ofAda, String ofBob, String ofShop, String ofCourier, String ofFees) {
    assertEquals(List.of(ofAda, ofBob, ofShop, ofCourier, ofFees),
        List.of(ada, bob, shop, courier, fees).stream().map(teller::booked).toList());
  }

  @Test
  void splitsToTheLastCentByTheLargestRemainder() {
    JsonNode answer = allocate("""
        {'asset':'EUR','amount':'0.10','source':'$A','destination':{'shares':[
          {'portion':'1/3','destination':'$S'},
          {'portion':'33.333333333333333333%','destination':{'account':'$C'}},
          {'portion':'remaining','destination':'$F'}]}}""").expect(201).body();
    // exact: 3.33, 3.33 and a little more than that: the unit that is left goes to the largest remainder
    assertBooked("99.90", "10.00", "0.03", "0.03", "0.04");
    assertEquals("0.10", answer.path("amount").asText());
    assertEquals(answer.path("id"), answer.path("transfers").get(0).path("id"));
    assertEquals(3, answer.path("transfers").size());
    long first = answer.path("transfers").get(0).path("seq").asLong();
    assertEquals(List.of(first, first + 1, first + 2),
        StreamSupport.stream(answer.path("transfers").spliterator(), false).map(leg -> leg.path("seq").asLong())
            .toList());
  }

  @Test
  void drawsInOrderUnderCapsAndServesInOrderAndKeepsTheRest() {
    allocate("""
        {'asset':'EUR','amount':'50.00','reference':'market day',
         'source':{'inOrder':[{'max':'4.00','source':'$B'},{'account':'$A','overdraft':'none'}]},
         'destination':{'inOrder':[
           {'max':'3.00','destination':'$F'},
           {'max':'10.00','destination':{'shares':[{'portion':'80%','destination':'$S'},
             {'portion':'20%','destination':'$C'}]}},
           {'keep':true}]}}""").expect(201);
    assertBooked("91.00", "6.00", "8.00", "2.00", "3.00");
  }

  @Test
  void movesAllThatThereIs() {
    JsonNode answer = allocate("{'asset':'EUR','amount':'all','source':{'inOrder':['$A','$B']},'destination':'$S'}")
        .expect(201).body();
    assertEquals("110.00", answer.path("amount").asText());
    assertBooked("0.00", "0.00", "110.00", "0.00", "0.00");
    allocate("{'asset':'EUR','amount':'all','source':{'inOrder':['$A','$B']},'destination':'$S'}")
        .expectProblem(422, "NOTHING_TO_MOVE");
  }

  @Test
  void usesAnOverdraftOnlyWhenToldTo() {
    String overdrawn = teller.post("/api/v1/accounts",
        Map.of("asset", "EUR", "owner", "Test", "product", "current", "overdraftLimit", "20.00")).expect(201)
        .text("id");
    String body = "{'asset':'EUR','amount':'15.00','source':{'account':'" + overdrawn + "'%s},'destination':'$S'}";
    Api.Answer no = allocate(body.formatted("")).expectProblem(422, "INSUFFICIENT_FUNDS");
    assertEquals(List.of("/source", "15.00", "0.00"), List.of(no.text("source"), no.text("requested"),
        no.text("funded")));
    allocate(body.formatted(",'overdraft':{'upTo':'14.99'}")).expectProblem(422, "INSUFFICIENT_FUNDS");
    allocate(body.formatted(",'overdraft':{'upTo':'15.00'}")).expect(201);
    allocate(body.formatted(",'overdraft':'granted'")).expectProblem(422, "INSUFFICIENT_FUNDS");
    assertEquals("-15.00", teller.booked(overdrawn));
  }

  @Test
  void namesTheShareThatIsShort() {
    Api.Answer no = allocate("""
        {'asset':'EUR','amount':'30.00','destination':'$S','source':{'shares':[
          {'portion':'1/2','source':'$A'},{'portion':'remaining','source':{'max':'14.00','source':'$B'}}]}}""")
        .expectProblem(422, "INSUFFICIENT_FUNDS");
    assertEquals(List.of("/source/shares/1", "15.00", "10.00"),
        List.of(no.text("source"), no.text("requested"), no.text("funded")));
    assertBooked("100.00", "10.00", "0.00", "0.00", "0.00");
  }

  @Test
  void answersTheSameIdAlikeAndRefusesItForAnotherBody() {
    String id = UUID.randomUUID().toString();
    String body = "{'asset':'EUR','amount':'9.99','source':'$A','destination':{'shares':["
        + "{'portion':'1/3','destination':'$S'},{'portion':'2/3','destination':'$C'}]}}";
    Api.Answer first = allocate(body, "Idempotency-Key", id).expect(201);
    Api.Answer again = allocate(body, "Idempotency-Key", id).expect(201);
    assertEquals(first.body(), again.body());
    assertEquals("true", again.header("Idempotency-Replayed"));
    allocate(body.replace("1/3", "2/3").replaceFirst("2/3'(.*)2/3", "2/3'$11/3"), "Idempotency-Key", id)
        .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    allocate(body.replace("$C", "$F"), "Idempotency-Key", id).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    teller.post("/api/v1/transfers", Api.order(ada, shop, "9.99", "EUR"), "Idempotency-Key", id)
        .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertBooked("90.01", "10.00", "3.33", "6.66", "0.00");
    String refused = UUID.randomUUID().toString();
    String tooMuch = "{'asset':'EUR','amount':'1000.00','source':'$A','destination':'$S'}";
    allocate(tooMuch, "Idempotency-Key", refused).expectProblem(422, "INSUFFICIENT_FUNDS");
    teller.openWith("EUR", "1.00");
    assertEquals("90.01", allocate(tooMuch, "Idempotency-Key", refused).expectProblem(422, "INSUFFICIENT_FUNDS")
        .text("funded"));
  }

  @Test
  void splitsTheLargestAmountThereIsAmongAHundred() {
    String source = Api.as("operator").open("QXC", "internal").path("id").asText();
    BigInteger largest = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);
    String amount = "9".repeat(20) + "." + "9".repeat(18);
    List<String> takers = IntStream.range(0, 100).mapToObj(i -> teller.open("QXC", "current").path("id").asText())
        .toList();
    List<Map<String, String>> shares = new ArrayList<>();
    for (String taker : takers) {
      shares.add(Map.of("portion", shares.size() == 99 ? "remaining" : "1/101", "destination", taker));
    }
    JsonNode transfers = Api.as("operator").post(ALLOCATIONS, Map.of("asset", "QXC", "amount", amount, "source",
        Map.of("account", source, "overdraft", "granted"), "destination", Map.of("shares", shares))).expect(201)
        .body().path("transfers");
    assertEquals(100, transfers.size());
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode transfer : transfers) {
      sum = sum.add(new BigInteger(transfer.path("amount").asText().replace(".", "")));
    }
    assertEquals(largest, sum);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '#', value = {
      "[] # ''",
      "'a' # ''",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':'$S','more':1} # /more",
      "{'asset':'EUR','amount':1,'source':'$A','destination':'$S'} # /amount",
      "{'asset':'EUR','amount':'0.001','source':'$A','destination':'$S'} # /amount",
      "{'asset':'EUR','amount':'-1.00','source':'$A','destination':'$S'} # /amount",
      "{'asset':'EUR','amount':'1.00','destination':'$S'} # /source",
      "{'asset':'EUR','amount':'1.00','source':null,'destination':'$S'} # /source",
      "{'asset':'EUR','amount':'1.00','source':{},'destination':'$S'} # /source",
      "{'asset':'EUR','amount':'1.00','source':{'inOrder':[]},'destination':'$S'} # /source/inOrder",
      "{'asset':'EUR','amount':'1.00','source':{'inOrder':['$A',7]},'destination':'$S'} # /source/inOrder/1",
      "{'asset':'EUR','amount':'1.00','source':{'account':'$A','keep':true},'destination':'$S'} # /source/keep",
      "{'asset':'EUR','amount':'1.00','source':{'account':'$A','overdraft':'much'},'destination':'$S'} "
          + "# /source/overdraft",
      "{'asset':'EUR','amount':'1.00','source':{'max':'0.00','source':'$A'},'destination':'$S'} # /source/max",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'keep':false}} # /destination/keep",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'max':'1.00','destination':'$S'}} # ''",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'inOrder':['$S','$C']}} # /destination/inOrder",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'shares':["
          + "{'portion':'50%','destination':'$S'}]}} # /destination/shares",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'shares':["
          + "{'portion':'1/0','destination':'$S'}]}} # /destination/shares/0/portion",
      "{'asset':'EUR','amount':'1.00','source':'$A','destination':{'shares':["
          + "{'portion':'0.1','destination':'$S'}]}} # /destination/shares/0/portion",
      "{'asset':'EUR','amount':'all','source':{'account':'$A','overdraft':'granted'},'destination':'$S'} # ''",
      "{'asset':'EUR','amount':'1.00','source':'$A','source':'$B','destination':'$S'} # /source"})
  void refusesABodyAtItsPath(String body, String path) {
    allocate(body.equals("a") ? "'a'" : body).expectInvalid(path == null ? "" : path.replace("''", ""));
    assertBooked("100.00", "10.00", "0.00", "0.00", "0.00");
  }

  @Test
  void refusesWhatIsTooDeepTooManyOrTooLong() {
    String deep = "'$A'";
    for (int i = 0; i < 9; i++) {
      deep = "{'max':'1.00','source':" + deep + "}";
    }
    allocate("{'asset':'EUR','amount':'1.00','source':" + deep + ",'destination':'$S'}").expectInvalid("");
    String deeper = "{'max':'1.00','source':".repeat(5_000) + "'$A'" + "}".repeat(5_000);
    allocate("{'asset':'EUR','amount':'1.00','destination':'$S','source':" + deeper + "}")
        .expectProblem(400, "INVALID_REQUEST");
    String tooLong = "{'asset':'EUR','amount':'1.00','destination':'$S','source':'" + "x".repeat(70_000) + "'}";
    assertTrue(allocate(tooLong).status() == 400 || allocate(tooLong).status() == 413);
    String many = "'$A'" + ",'$A'".repeat(100);
    allocate("{'asset':'EUR','amount':'1.00','source':{'inOrder':[" + many + "]},'destination':'$S'}")
        .expectInvalid("/source/inOrder");
    String half = "{'inOrder':['$A'" + ",'$A'".repeat(59) + "]}";
    allocate("{'asset':'EUR','amount':'1.00','source':{'inOrder':[" + half + "," + half + "]},'destination':'$S'}")
        .expectInvalid("");
    assertBooked("100.00", "10.00", "0.00", "0.00", "0.00");
  }

  @Test
  void refusesUnknownAndReservedAndForeignAccountsAtTheirPath() {
    Api.Answer unknown = allocate(
        "{'asset':'EUR','amount':'1.00','source':{'inOrder':['$A','nobody']},'destination':'$S'}")
        .expectProblem(404, "ACCOUNT_NOT_FOUND");
    assertEquals("/source/inOrder/1", unknown.text("path"));
    String dollars = teller.open("USD", "current").path("id").asText();
    allocate("{'asset':'EUR','amount':'1.00','source':'$A','destination':'" + dollars + "'}")
        .expectProblem(422, "ASSET_MISMATCH");
    allocate("{'asset':'EUR','amount':'1.00','source':'$A','destination':'$A'}").expectProblem(422, "SAME_ACCOUNT");
    allocate("{'asset':'NIX','amount':'1.00','source':'$A','destination':'$S'}").expectProblem(422, "ASSET_NOT_FOUND");
    String frozen = open();
    Api.as("operator").post("/api/v1/accounts/" + frozen + "/freeze").expect(200);
    Api.Answer no = allocate("{'asset':'EUR','amount':'1.00','source':'$A','destination':'" + frozen + "'}")
        .expectProblem(422, "ACCOUNT_FROZEN");
    assertEquals(frozen, no.text("account"));
  }

  @Test
  void sweepsAllOrWhatIsTooMuchOrWhatLacks() {
    String path = "/api/v1/accounts/" + ada + "/sweep";
    JsonNode above = teller.post(path, Map.of("to", shop, "keep", "60.00")).expect(201).body();
    assertEquals("40.00", above.path("amount").asText());
    assertEquals("15.00", teller.post(path, Map.of("to", bob, "upTo", "25.00")).expect(201).text("amount"));
    teller.post(path, Map.of("to", bob, "upTo", "25.00")).expectProblem(422, "NOTHING_TO_MOVE");
    teller.post(path, Map.of("to", bob, "upTo", "1000.00")).expectProblem(422, "EXCEEDS_AVAILABLE_BALANCE");
    String id = UUID.randomUUID().toString();
    Api.Answer all = teller.post(path, Map.of("to", shop), "Idempotency-Key", id).expect(201);
    assertEquals("45.00", all.text("amount"));
    assertEquals(all.body(), teller.post(path, Map.of("to", shop), "Idempotency-Key", id).expect(201).body());
    teller.post(path, Map.of("to", bob), "Idempotency-Key", id).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertBooked("0.00", "25.00", "85.00", "0.00", "0.00");
    teller.post(path, Map.of("to", shop)).expectProblem(422, "NOTHING_TO_MOVE");
    teller.post(path, Map.of("to", shop, "keep", "-1.00")).expectInvalid("/keep");
    teller.post(path, Map.of("to", shop, "keep", "1.00", "upTo", "2.00")).expectInvalid("/upTo");
    teller.post("/api/v1/accounts/nobody/sweep", Map.of("to", shop)).expectProblem(404, "ACCOUNT_NOT_FOUND");
    assertTrue(teller.get("/api/v1/ledger/check").expect(200).body().path("passed").asBoolean());
  }
}
