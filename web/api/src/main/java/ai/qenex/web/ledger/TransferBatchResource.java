package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.TRANSFER;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.security.ApprovalPolicies;
import ai.qenex.security.Approvals;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.Roles;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.json.BrokenCsvException;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.trail.IntendsByItself;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Posting transfers in bulk.
 *
 * <p>
 * An array is read and checked as a whole first: if anything in it is malformed, the answer is 400 and nothing was
 * posted. A stream, of lines (NDJSON) or of rows (CSV), is worked on while it arrives: a malformed line gets a refusal
 * of its own. Its results are kept until the body has been read, on disk if they are many, so that client and server
 * never wait for each other with full buffers. A client that reads while it sends asks for {@code results=streamed} and
 * gets them as they come.
 */
@Path("/api/v1/transfers/batch")
@RequestScoped
@Tag(name = "transfers")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class TransferBatchResource {

  static final int MAX_ITEMS = PostTransfers.MAX_LINES;

  private static final long MAX_ARRAY_BYTES = 4L << 20;

  @EJB private Ledger ledger;
  @Inject private KnownNames names;
  @Inject private BulkSettings settings;
  @Inject private BatchStepUp stepUp;
  @EJB private LedgerHistory history;
  @EJB private Approvals approvals;
  @Context private HttpHeaders headers;
  @Context private SecurityContext security;

  @POST
  @IntendsByItself
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "postBatch", summary = "Post many transfers: one result per item, in order")
  @RequestBodySchema(TransferRequest[].class)
  public Response postArray(InputStream body, @QueryParam("atomic") String atomic,
      @HeaderParam(IdempotencyKey.HEADER) String key) throws IOException {
    boolean all = isTrue(atomic);
    List<TransferRequest> requests = TransferReader.readAll(new BoundedBody(body, MAX_ARRAY_BYTES), MAX_ITEMS);
    UUID id = wholeId(key);
    BatchIntake intake = intake(key, id, false);
    List<BatchItem> items = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      items.add(intake.take("/" + i, requests.get(i)));
    }
    stepUp.pass(security, id, items);
    return Response.ok(array(post(items, all)), MediaType.APPLICATION_JSON).build();
  }

  @POST
  @IntendsByItself
  @Consumes(JsonLines.MEDIA_TYPE)
  @Produces({JsonLines.MEDIA_TYPE, CsvTransfers.MEDIA_TYPE})
  @Operation(operationId = "postLines", summary = "Post many transfers, one per line: one result per line")
  public Response postLines(InputStream body, @QueryParam("atomic") String atomic,
      @QueryParam("results") String results, @HeaderParam(IdempotencyKey.HEADER) String key) throws IOException {
    InputStream bounded = new BoundedBody(body, settings.maxBytes());
    boolean all = isTrue(atomic);
    return answer(stream(new JsonLines(bounded), bounded, key, all), all, isStreamed(results),
        form(ResultForm.NDJSON));
  }

  @POST
  @IntendsByItself
  @Consumes(CsvTransfers.MEDIA_TYPE)
  @Produces({CsvTransfers.MEDIA_TYPE, JsonLines.MEDIA_TYPE})
  @Operation(operationId = "postRows", summary = "Post many transfers, one per row of a CSV: one result per row")
  public Response postRows(InputStream body, @QueryParam("atomic") String atomic,
      @QueryParam("results") String results, @HeaderParam(IdempotencyKey.HEADER) String key) throws IOException {
    InputStream bounded = new BoundedBody(body, settings.maxBytes());
    boolean all = isTrue(atomic);
    boolean streamed = isStreamed(results);
    try {
      return answer(stream(new CsvTransfers(bounded), bounded, key, all), all, streamed, form(ResultForm.CSV));
    } catch (BrokenCsvException broken) {
      throw new ProblemException(Values.invalid("", broken.getMessage()).problem().with("line", broken.line()));
    }
  }

  /** @param rest the body that the source reads */
  private record Stream(TransferSource source, InputStream rest, BatchIntake intake, UUID id) {}

  private static byte[] array(List<BatchResult> results) {
    var json = new ResultText(ResultForm.BYTES_PER_RESULT * results.size());
    char before = '[';
    for (BatchResult result : results) {
      JsonResult.append(json.add(before), result);
      before = ',';
    }
    return (results.isEmpty() ? json.add(before) : json).add(']').bytes();
  }

  private UUID wholeId(String key) {
    return IdempotencyKey.idOf(key, security.getUserPrincipal().getName());
  }

  /** @param streamed items go to the ledger before the last is read, so that a proof for all of them cannot be asked */
  private BatchIntake intake(String key, UUID id, boolean streamed) {
    AuditedRequest.current().intend("batch", id);
    // what is confirmed has to come again with the same ids, whose key the challenge tells
    Optional<UUID> whole = key != null || !streamed && stepUp.concerns(security) ? Optional.of(id) : Optional.empty();
    Predicate<Money> needsProof = streamed ? stepUp.asking(security) : money -> false;
    ApprovalPolicies policies = approvals.policies();
    return new BatchIntake(names, whole, security, (amount, internal) -> {
      if (policies.concern(TRANSFER)
          && policies.askedBy(TRANSFER, OperationFigures.of(amount, internal)).isPresent()) {
        return Optional.of(BatchIntake.APPROVAL_REQUIRED);
      }
      return needsProof.test(amount) ? Optional.of(StepUpGate.CODE) : Optional.empty();
    });
  }

  private Stream stream(TransferSource source, InputStream bounded, String key, boolean all) {
    UUID id = wholeId(key);
    return new Stream(source, bounded, intake(key, id, !all), id);
  }

  private Response answer(Stream stream, boolean all, boolean streamed, ResultForm form) throws IOException {
    if (all) {
      List<BatchItem> items = readAll(stream);
      stepUp.pass(security, stream.id, items);
      byte[] results = form.write(post(items, true));
      return Response.ok((StreamingOutput) out -> {
        out.write(form.head());
        out.write(results);
      }, form.mediaType()).build();
    }
    var posting =
        new StreamPosting(ledger, stream.intake, new LineCap(settings.maxTransfers()), settings.longStreams());
    if (streamed) {
      return Response.ok((StreamingOutput) out -> posting.runToItsEnd(stream.source, form, flushing(out)),
          form.mediaType()).build();
    }
    var spool = new ResultSpool(settings.space());
    boolean done = false;
    try {
      posting.run(stream.source, form, spool);
      stream.rest.transferTo(OutputStream.nullOutputStream());
      done = true;
    } finally {
      if (!done) {
        spool.close();
      }
    }
    return Response.ok((StreamingOutput) out -> {
      try (spool) {
        spool.writeTo(out);
      }
    }, form.mediaType()).build();
  }

  private static ResultSink flushing(OutputStream out) {
    return results -> {
      out.write(results);
      out.flush();
    };
  }

  /** Everything, if it can be one posting. */
  private static List<BatchItem> readAll(Stream stream) throws IOException {
    List<BatchItem> items = new ArrayList<>();
    while (stream.source.next()) {
      if (items.size() == MAX_ITEMS) {
        throw Values.invalid("", "at most " + MAX_ITEMS + " transfers are posted as one");
      }
      try {
        items.add(stream.source.take(stream.intake));
      } catch (ProblemException malformed) {
        throw new ProblemException(malformed.problem().with("line", stream.source.number()));
      }
    }
    return items;
  }

  private List<BatchResult> post(List<BatchItem> items, boolean all) {
    var posting = new BatchPosting(ledger, history);
    if (all) {
      requireDifferentIds(items);
    }
    List<BatchResult> results = items.isEmpty() ? List.of() : all ? posting.postAll(items) : posting.postEach(items);
    var figures = new BatchFigures();
    figures.add(results);
    AuditedRequest.current().resulted(figures::text);
    return results;
  }

  private static void requireDifferentIds(List<BatchItem> items) {
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof BatchItem.Ready ready && !seen.add(ready.order().id())) {
        throw Values.invalid("/" + i + "/id", "two transfers that are posted as one have the same id");
      }
    }
  }

  /** What the client would rather read; the form of the body if it does not care. */
  private ResultForm form(ResultForm ofBody) {
    for (MediaType wanted : headers.getAcceptableMediaTypes()) {
      if (wanted.isCompatible(MediaType.valueOf(ofBody.mediaType()))) {
        return ofBody;
      }
      for (ResultForm other : ResultForm.values()) {
        if (wanted.isCompatible(MediaType.valueOf(other.mediaType()))) {
          return other;
        }
      }
    }
    return ofBody;
  }

  private static boolean isStreamed(String results) {
    if (results == null || results.equals("collected")) {
      return false;
    }
    if (results.equals("streamed")) {
      return true;
    }
    throw Values.invalid("results", "collected or streamed");
  }

  private static boolean isTrue(String atomic) {
    if (atomic == null || atomic.equals("false")) {
      return false;
    }
    if (atomic.equals("true")) {
      return true;
    }
    throw Values.invalid("atomic", "true or false");
  }
}
