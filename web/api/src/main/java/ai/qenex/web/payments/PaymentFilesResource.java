package ai.qenex.web.payments;

import static ai.qenex.security.Operation.PAYMENT_FILE;

import ai.qenex.payments.PaymentFiles.Receipt;
import ai.qenex.payments.PaymentFiles;
import ai.qenex.payments.StatusReason;
import ai.qenex.security.PayloadEnvelopes.Opening;
import ai.qenex.security.PayloadEnvelopes;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Payment files of customers (ISO 20022 pain.001) and the status reports on them (pain.002). */
@Path("/api/v1/payment-files")
@RequestScoped
@Tag(name = "payments")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR})
public class PaymentFilesResource {

  /** Room for {@link PaymentFiles#MAX_PAYMENTS} payments of more than 2 KiB each. */
  static final long MAX_BYTES = 256L << 20;

  static final String JOSE = "application/jose";

  @EJB private PaymentFiles files;
  @Inject private StepUpGate stepUp;
  @EJB private PayloadEnvelopes envelopes;

  @POST
  @Consumes({MediaType.APPLICATION_XML, MediaType.TEXT_XML})
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(operationId = "receivePlain", summary = "Hand in a payment file: pain.001.001.09 or .03, up to 100,000"
      + " payments")
  @RequestBodySchema(String.class)
  @APIResponseSchema(value = PaymentFileView.Receipt.class, responseCode = "202")
  @Sensitive(PAYMENT_FILE)
  public Response receive(InputStream body, @Context SecurityContext security) throws IOException {
    Receipt receipt = received(new BoundedBody(body, MAX_BYTES), security);
    if (receipt instanceof Receipt.Unreadable unreadable) {
      throw new ProblemException(problemOf(unreadable.faults()));
    }
    var file = ((Receipt.Taken) receipt).file();
    return Response.accepted(PaymentFileView.Receipt.of(file))
        .location(URI.create("/api/v1/payment-files/" + file.id())).build();
  }

  private Receipt received(InputStream body, SecurityContext who) throws IOException {
    String sender = who.getUserPrincipal().getName();
    if (!stepUp.asks(who, StepUpKind.PAYMENT_FILE)) {
      return files.receive(body, sender);
    }
    // all of it first: a proof binds its bytes, and nothing may be taken in before
    try (FileToConfirm file = FileToConfirm.of(body)) {
      stepUp.require(who, file.operation());
      return files.receive(file.open(), sender);
    }
  }

  @POST
  @Consumes(JOSE)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR})
  @Operation(operationId = "receiveEncrypted", summary = "Hand in a payment file, plain or as compact JWE for a key of"
      + " /api/v1/payload-keys")
  @RequestBodySchema(String.class)
  @APIResponseSchema(value = PaymentFileView.Receipt.class, responseCode = "202")
  public Response receiveEncrypted(InputStream body, @Context SecurityContext security) throws IOException {
    byte[] compact = new BoundedBody(body, PayloadEnvelopes.MAX_ENVELOPE_BYTES).readAllBytes();
    Opening opening = envelopes.open(compact);
    if (opening instanceof Opening.Refused refused) {
      throw new ProblemException(
          Problem.of(422, refused.clause().name(), "The envelope is refused", refused.detail()));
    }
    return receive(new ByteArrayInputStream(((Opening.Opened) opening).content()), security);
  }

  private static Problem problemOf(List<StatusReason> faults) {
    List<ReasonView> views = faults.stream().map(ReasonView::of).toList();
    Problem problem = views.isEmpty()
        ? Problem.invalid("", "the document is not of our profile")
        : Problem.invalid(views.get(0).path(), views.get(0).detail());
    return problem.with("faults", views);
  }

  @GET
  @Path("/{id}")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "How far a payment file is: counts by status")
  public PaymentFileView find(@PathParam("id") String id) {
    return files.find(existing(id)).map(PaymentFileView::of).orElseThrow(PaymentFilesResource::notFound);
  }

  @GET
  @Path("/{id}/status-report")
  @Produces(MediaType.APPLICATION_XML)
  @Operation(summary = "The pain.002.001.10 on a file as it stands")
  @APIResponseSchema(value = String.class, responseCode = "200")
  public StreamingOutput statusReport(@PathParam("id") String id) {
    UUID file = files.find(existing(id)).orElseThrow(PaymentFilesResource::notFound).id();
    return report -> files.writeStatusReport(file, report);
  }

  private static UUID existing(String id) {
    if (!Values.isUuid(id)) {
      throw notFound();
    }
    return UUID.fromString(id);
  }

  private static ProblemException notFound() {
    return new ProblemException(Problem.notFound("PAYMENT_FILE_NOT_FOUND", "no payment file has that id"));
  }
}
