package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.crypto.XWing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Payment files that only the bank can read, and what becomes of envelopes that are not as they should be. */
class PayloadIT {

  private final Api teller = Api.as("teller");
  private final PayloadClient client = new PayloadClient(teller);

  @Test
  void takesAnEncryptedPaymentFileAndTheSameFileOnce() {
    String file = file();
    String id = client.send(client.toTheBank(file)).expect(202).text("id");
    assertEquals(id, client.send(client.toTheBank(file)).expect(202).text("id"), "another envelope, the same file");
    String before = client.toTheBank(file());
    Api.as("administrator").post("/api/v1/keys/payload/rotate").expect(200);
    client.send(before).expect(202);
    client.send(client.toTheBank(file())).expect(202);
    client.send(client.toTheBank("<no payment file/>")).expectProblem(400, "INVALID_REQUEST");
  }

  @Test
  void refusesEnvelopesThatAreAlteredCutForAnotherKeyOrTooLong() {
    String good = client.toTheBank(file());
    String[] parts = good.split("\\.", -1);
    int middle = good.indexOf(parts[3]) + parts[3].length() / 2;
    char other = good.charAt(middle) == 'A' ? 'B' : 'A';
    client.send(good.substring(0, middle) + other + good.substring(middle + 1)).expectProblem(422, "DOES_NOT_OPEN");
    String cut = parts[0] + ".." + parts[2] + "." + parts[3].substring(0, parts[3].length() / 8 * 4) + "." + parts[4];
    client.send(cut).expectProblem(422, "DOES_NOT_OPEN");
    client.send(good.substring(0, good.length() - 3)).expectProblem(422, "NOT_AN_ENVELOPE");
    client.send("").expectProblem(422, "NOT_AN_ENVELOPE");
    client.send("a.b.c.d.e").expectProblem(422, "NOT_AN_ENVELOPE");

    byte[] stranger = XWing.publicKey(PayloadClient.bytes(XWing.SEED_BYTES));
    client.send(PayloadClient.to("0".repeat(32), stranger, file())).expectProblem(422, "UNKNOWN_KEY");
    String bank = teller.get("/api/v1/payload-keys").expect(200).body().path("bank").path(0).path("id").asText();
    client.send(PayloadClient.to(bank, stranger, file())).expectProblem(422, "DOES_NOT_OPEN");
    String none = Base64.getUrlEncoder().withoutPadding()
        .encodeToString(
            "{\"alg\":\"none\",\"enc\":\"A256GCM\",\"kid\":\"k\",\"ek\":\"\"}".getBytes(StandardCharsets.US_ASCII));
    client.send(none + good.substring(good.indexOf('.'))).expectProblem(422, "ALGORITHM_NOT_ALLOWED");
    client.send("A".repeat(PayloadEnvelopes.MAX_ENVELOPE_BYTES + 1)).expectProblem(413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void registersKeysOfItsCallerAlone() {
    String id = client.register();
    assertEquals(id, client.register(), "the same key is the same");
    assertTrue(teller.get("/api/v1/payload-keys").expect(200).body().path("own").toString().contains(id));
    assertTrue(!Api.as("auditor").get("/api/v1/payload-keys").expect(200).body().path("own").toString().contains(id));
    for (String wrong : new String[] {"", "AAAA", "!", Base64.getEncoder().encodeToString(new byte[1_215]),
        Base64.getEncoder().encodeToString(ones())}) {
      teller.post("/api/v1/payload-keys", Map.of("publicKey", wrong)).expectInvalid("/publicKey");
    }
    String account = teller.openWith("EUR", "1.00");
    teller.get("/api/v1/accounts/" + account + "/statements/2027-02-26", "Accept", "application/jose")
        .expectInvalid("key");
  }

  /** Numbers that ML-KEM does not have. */
  private static byte[] ones() {
    byte[] key = new byte[1_216];
    Arrays.fill(key, (byte) 0xFF);
    return key;
  }

  private String file() {
    String debtor = teller.openWith("EUR", "100.00");
    String creditor = teller.open("EUR", "current").path("iban").asText();
    String iban = teller.get("/api/v1/accounts/" + debtor).expect(200).text("iban");
    String today = teller.get("/api/v1/business-date").expect(200).text("current");
    return new PaymentFile(Api.unique("JWE"), iban).pay(creditor, "1.00", Api.unique("E")).xml(today);
  }
}
