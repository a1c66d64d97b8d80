package ai.qenex.web.settlement;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.security.Roles;
import ai.qenex.settlement.ClearingCycles;
import ai.qenex.settlement.Obligation;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Clearing cycles, the obligations in them, and the pacs.009 messages that order their settlement. */
@Path("/api/v1/settlement")
@RequestScoped
@Tag(name = "settlement")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class SettlementResource {

  /** Message ids of ISO 20022: at most 35 characters, ours without blanks. */
  private static final Pattern MESSAGE_ID = Pattern.compile("[A-Za-z0-9._-]{1,35}");
  /** Sets the ids of what clients record apart from those of our own payments. */
  private static final String NAMESPACE = "obligation";
  /** By this the fault of a reused id is told from that of a cycle that is no longer open. */
  private static final String OTHER_FIGURES = "recorded with other figures";
  private static final long MAX_BYTES = 4L << 20;

  @EJB private ClearingCycles cycles;
  @EJB private BusinessDays days;
  @EJB private Accounts accounts;
  @Inject
  @ConfigProperty(name = "qenex.bank.bic", defaultValue = "QENXDEFF") private String ownBic;

  @GET
  @Path("/cycles")
  @Operation(summary = "The clearing cycles of a business day: obligations, net positions, what settled")
  public CycleView.CycleList cycles(@QueryParam("businessDate") String businessDate) {
    BusinessDate date = businessDate == null ? days.current() : Values.businessDate("businessDate", businessDate);
    return new CycleView.CycleList(cycles.cyclesOf(date).stream().map(CycleView::of).toList());
  }

  @GET
  @Path("/messages/{id}")
  @Produces(MediaType.APPLICATION_XML)
  @Operation(summary = "The pacs.009.001.08 that orders a settlement")
  @APIResponseSchema(value = String.class, responseCode = "200")
  public byte[] message(@PathParam("id") String id) {
    if (!MESSAGE_ID.matcher(id).matches()) {
      throw noMessage();
    }
    return cycles.message(id).orElseThrow(SettlementResource::noMessage);
  }

  private static ProblemException noMessage() {
    return new ProblemException(Problem.notFound("MESSAGE_NOT_FOUND", "no settlement message has that id"));
  }

  /** @param ids the obligations were recorded under, derived from those of the request, in its order */
  public record Recorded(int recorded, List<UUID> ids) {}

  @POST
  @IntendsByItself
  @Path("/obligations")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Record what other banks owe each other in the day's cycles, all or none")
  @RequestBodySchema(ObligationRequest[].class)
  @APIResponseSchema(value = Recorded.class, responseCode = "201")
  public Response record(InputStream body, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security)
      throws IOException {
    List<ObligationRequest> requests = JsonBodyReader.readList(ObligationRequest.class, body, MAX_BYTES);
    if (requests.isEmpty() || requests.size() > ClearingCycles.MAX_BATCH) {
      throw Values.invalid("", "1 to " + ClearingCycles.MAX_BATCH + " obligations");
    }
    UUID whole = AuditedRequest.current().intend("obligations",
        IdempotencyKey.idOf(key, security.getUserPrincipal().getName()));
    BusinessDate today = days.current();
    List<Obligation> obligations = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i) == null) {
        throw Values.invalid("/" + i, "an obligation is an object");
      }
      obligations.add(obligation("/" + i, requests.get(i), UuidV7.derived(whole, Integer.toString(i)), today));
    }
    recordAll(obligations);
    return Response.status(Response.Status.CREATED)
        .entity(new Recorded(obligations.size(), obligations.stream().map(Obligation::id).toList())).build();
  }

  private void recordAll(List<Obligation> obligations) {
    try {
      cycles.record(obligations);
    } catch (QenexException fault) {
      if (fault.code() == ErrorCode.CONFLICTING_STATE && fault.getMessage().contains(OTHER_FIGURES)) {
        throw new ProblemException(Problem.of(422, "IDEMPOTENCY_KEY_REUSED", "The obligation is refused",
            "the id was used for another obligation"));
      }
      throw fault;
    }
  }

  private Obligation obligation(String path, ObligationRequest request, UUID derivedId, BusinessDate today) {
    Bic payer = bic(path + "/payer", request.payer());
    Bic payee = bic(path + "/payee", request.payee());
    Bic own = new Bic(ownBic).institution();
    if (payer.institution().equals(own) || payee.institution().equals(own)) {
      throw new ProblemException(new Problem(422, "OWN_OBLIGATION", "The obligation is refused",
          "what this bank owes or is owed comes from its payments", Map.of("path", path, "bic", own.code())));
    }
    var asset = accounts.asset(request.asset())
        .orElseThrow(() -> new ProblemException(new Problem(422, "ASSET_NOT_FOUND",
            "The obligation is refused", "the asset is not registered",
            Map.of("path", path + "/asset", "asset", request.asset()))));
    var amount = Values.positiveMoney(path + "/amount", request.amount(), asset);
    UUID given = request.id().map(text -> Values.uuid(path + "/id", text)).orElse(derivedId);
    UUID id = UuidV7.derived(given, NAMESPACE);
    BusinessDate date =
        request.businessDate().map(text -> Values.businessDate(path + "/businessDate", text)).orElse(today);
    return Values.build(path, () -> new Obligation(id, payer, payee, amount, date));
  }

  private static Bic bic(String path, String text) {
    return Values.build(path, () -> new Bic(text));
  }
}
