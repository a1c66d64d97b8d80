package ai.qenex.web.payments;

import static ai.qenex.security.Operation.PAYMENT;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Bic;
import ai.qenex.ledger.Accounts;
import ai.qenex.payments.Payment;
import ai.qenex.payments.PaymentOrder;
import ai.qenex.payments.PaymentStatus;
import ai.qenex.payments.Payments;
import ai.qenex.payments.Payments.Submission;
import ai.qenex.payments.StatusReason;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
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
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Single payments. */
@Path("/api/v1/payments")
@RequestScoped
@Tag(name = "payments")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class PaymentsResource {

  private static final int USUAL_PROTECTION = 1_000;
  private static final int MAX_END_TO_END_ID = 35;
  private static final int MAX_NAME = 140;
  private static final int MAX_ACCOUNT = 64;

  @EJB private Payments payments;
  @EJB private Accounts accounts;
  @Inject private StepUpGate stepUp;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(summary = "Order one payment")
  @APIResponseSchema(value = PaymentView.class, responseCode = "201")
  @Sensitive(PAYMENT)
  public Response submit(PaymentRequest request, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) {
    UUID id = AuditedRequest.current().intend("payment",
        IdempotencyKey.idOf(request.id(), key, security.getUserPrincipal().getName()));
    PaymentOrder order = orderOf(id, request);
    stepUp.pass(security, order.amount(), linked(order));
    Submission submission = payments.submit(order);
    if (submission instanceof Submission.IdReused) {
      throw new ProblemException(
          new Problem(422, "IDEMPOTENCY_KEY_REUSED", "The id is taken", "the id was used for another payment",
              Map.of("id", id.toString())));
    }
    Payment payment = ((Submission.Known) submission).payment();
    if (payment.status() == PaymentStatus.REJECTED) {
      throw new ProblemException(rejection(payment));
    }
    return Response.created(URI.create("/api/v1/payments/" + payment.id())).entity(PaymentView.of(payment)).build();
  }

  /** A payee is an account at a bank; the name is only what somebody wrote. */
  private static LinkedOperation linked(PaymentOrder order) {
    String payee = order.creditorAgent().map(bic -> order.creditor() + " " + bic).orElse(order.creditor());
    return new LinkedOperation(StepUpKind.PAYMENT, order.debtor(), payee, StepUpGate.text(order.amount()),
        order.amount().asset().code(), order.id().toString());
  }

  private PaymentOrder orderOf(UUID id, PaymentRequest request) {
    Asset asset =
        accounts.asset(request.asset()).orElseThrow(() -> new ProblemException(new Problem(422, "ASSET_NOT_FOUND",
            "The payment is refused", "the asset is not registered", Map.of("asset", request.asset()))));
    var amount = Values.positiveMoney("/amount", request.amount(), asset);
    String endToEndId = request.endToEndId().map(text -> Values.text("/endToEndId", text, MAX_END_TO_END_ID))
        .orElseGet(() -> id.toString().replace("-", ""));
    return Values.build("", () -> new PaymentOrder(id, endToEndId, amount,
        Values.text("/debtor", request.debtor(), MAX_ACCOUNT), bic("/debtorAgent", request.debtorAgent()),
        name("/debtorName", request.debtorName()),
        Values.text("/creditor", request.creditor(), MAX_ACCOUNT), bic("/creditorAgent", request.creditorAgent()),
        name("/creditorName", request.creditorName()),
        request.remittance().map(text -> Values.text("/remittance", text, MAX_NAME)),
        request.executionDate().map(text -> Values.date("/executionDate", text))));
  }

  private static Optional<String> bic(String path, Optional<String> text) {
    text.filter(code -> !Bic.isValid(code)).ifPresent(code -> {
      throw Values.invalid(path, "a BIC has 8 or 11 characters");
    });
    return text;
  }

  private static String name(String path, Optional<String> text) {
    return text.map(name -> Values.text(path, name, MAX_NAME)).orElse("");
  }

  private static Problem rejection(Payment payment) {
    StatusReason reason = payment.reason().orElse(new StatusReason("NARR", "", "the payment is rejected"));
    return new Problem(422, reason.code(), "The payment is refused", reason.detail(),
        Map.of("id", payment.id().toString(), "paymentStatus", payment.status().code(), "path", reason.path()));
  }

  public record PaymentList(List<PaymentView> items) {}

  /** @param complete whether nothing was left to protect */
  public record ProtectionView(int payments, boolean complete) {}

  @GET
  @RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
  @Operation(summary = "Payments whose debtor or creditor has the name party, the latest first")
  public PaymentList findByParty(@QueryParam("party") String party, @QueryParam("limit") String limit) {
    if (party == null) {
      throw Values.invalid("party", "is needed: a name");
    }
    return new PaymentList(payments.findByParty(Values.text("party", party, MAX_NAME), Values.pageLimit(limit))
        .stream().map(PaymentView::of).toList());
  }

  @POST
  @Path("/protection")
  @RolesAllowed(Roles.ADMINISTRATOR)
  @Operation(summary = "Protect some payments that are in clear or under a former data key; call until it is complete")
  public ProtectionView protectAnew(@QueryParam("limit") String limit) {
    long atMost = Values.number("limit", limit, 1, USUAL_PROTECTION);
    if (atMost > Payments.MOST_PROTECTED_AT_ONCE) {
      throw Values.invalid("limit", "1 to " + Payments.MOST_PROTECTED_AT_ONCE);
    }
    int done = payments.protectAnew((int) atMost);
    return new ProtectionView(done, done < atMost);
  }

  @GET
  @Path("/{id}")
  @Operation(summary = "A payment and its life so far, with reasons")
  public PaymentView find(@PathParam("id") String id) {
    Optional<Payment> payment = Values.isUuid(id) ? payments.find(UUID.fromString(id)) : Optional.empty();
    return payment.map(PaymentView::of)
        .orElseThrow(() -> new ProblemException(Problem.notFound("PAYMENT_NOT_FOUND", "no payment has that id")));
  }
}
