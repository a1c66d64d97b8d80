package ai.qenex.web.keys;

import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.PayloadEnvelopes.ClientKey;
import ai.qenex.security.Roles;
import ai.qenex.web.input.Values;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Public keys for documents that are encrypted from end to end: the bank's, and those of the caller. */
@Path("/api/v1/payload-keys")
@RequestScoped
@Tag(name = "keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class PayloadKeysResource {

  private static final int LONGEST_KEY = 2_000;

  @EJB private PayloadEnvelopes envelopes;

  /** @param publicKey of X-Wing, as Base64 */
  public record RegistrationRequest(String publicKey) {}

  /** @param publicKey of X-Wing, as Base64 */
  public record PayloadKeyView(String id, String algorithm, String publicKey, Instant since) {

    static PayloadKeyView of(ClientKey key) {
      return new PayloadKeyView(key.id(), "X-Wing", Base64.getEncoder().encodeToString(key.publicKey()),
          key.registeredAt());
    }
  }

  /**
   * @param bank what is encrypted to the bank, the first preferred
   * @param own what the bank encrypts to the caller
   */
  public record PayloadKeyList(List<PayloadKeyView> bank, List<PayloadKeyView> own) {}

  @GET
  @Operation(summary = "The bank's keys, to encrypt payment files to, and the caller's own")
  public PayloadKeyList keys(@Context SecurityContext who) {
    List<PayloadKeyView> bank = envelopes.bankKeys().stream().map(key -> new PayloadKeyView(key.id(), key.suite(),
        Base64.getEncoder().encodeToString(key.publicKey().orElseThrow()), key.notBefore())).toList();
    return new PayloadKeyList(bank,
        envelopes.keysOf(who.getUserPrincipal().getName()).stream().map(PayloadKeyView::of).toList());
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Register a key of the caller's, for what the bank encrypts to it")
  public PayloadKeyView register(RegistrationRequest request, @Context SecurityContext who) {
    byte[] key = Values.build("/publicKey",
        () -> Base64.getDecoder().decode(Values.text("/publicKey", request.publicKey(), LONGEST_KEY)));
    return envelopes.register(who.getUserPrincipal().getName(), key).map(PayloadKeyView::of)
        .orElseThrow(() -> Values.invalid("/publicKey", "an X-Wing public key of 1216 bytes in Base64, and at most "
            + PayloadEnvelopes.MOST_KEYS + " of them"));
  }
}
