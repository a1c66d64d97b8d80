package ai.qenex.web.ledger;

import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.security.Roles;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.BodyLines;
import ai.qenex.web.json.BoundedBody;
import ai.qenex.web.json.StrictJson;
import ai.qenex.web.problem.ProblemException;
import com.fasterxml.jackson.core.JsonGenerator;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Posting transfers in bulk.
 *
 * <p>
 * An array is read and checked as a whole first: if anything in it is malformed, the answer is 400 and nothing was
 * posted. A body of lines (NDJSON) is worked on while it arrives: a malformed line gets a refusal of its own. Results
 * are kept until the body has been read, so that client and server never wait for each other with full buffers;
 * {@link LineCap} bounds them.
 */
@Path("/api/v1/transfers/batch")
@RequestScoped
@Tag(name = "transfers")
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class TransferBatchResource {

  static final String NDJSON = "application/x-ndjson";
  static final int MAX_ITEMS = PostTransfers.MAX_LINES;

  private static final long MAX_ARRAY_BYTES = 4L << 20;
  private static final long MAX_LINES_BYTES = 32L << 20;
  /** Lines that go to the ledger together: enough to share commits, few enough to overlap reading and writing. */
  private static final int CHUNK = 2_000;

  @EJB private Ledger ledger;
  @Inject private KnownNames names;
  @EJB private LedgerHistory history;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "postBatch", summary = "Post many transfers: one result per item, in order")
  @RequestBodySchema(TransferRequest[].class)
  public Response postArray(InputStream body, @QueryParam("atomic") String atomic,
      @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) throws IOException {
    boolean all = isTrue(atomic);
    List<TransferRequest> requests = TransferReader.readAll(new BoundedBody(body, MAX_ARRAY_BYTES), MAX_ITEMS);
    BatchIntake intake = intake(key, security);
    List<BatchItem> items = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      items.add(intake.take("/" + i, requests.get(i)));
    }
    var results = new ByteArrayOutputStream(96 * items.size() + 2);
    try (JsonGenerator json = StrictJson.generator(results)) {
      json.writeStartArray();
      for (BatchResult result : post(items, all)) {
        result.write(json);
      }
      json.writeEndArray();
    }
    return Response.ok(results.toByteArray(), MediaType.APPLICATION_JSON).build();
  }

  @POST
  @Consumes(NDJSON)
  @Produces(NDJSON)
  @Operation(operationId = "postLines", summary = "Post many transfers, one per line: one result per line")
  public Response postLines(InputStream body, @QueryParam("atomic") String atomic,
      @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext security) throws IOException {
    boolean all = isTrue(atomic);
    var results = new ArrayList<byte[]>();
    var cap = new LineCap();
    var lines = new BodyLines(new BoundedBody(body, MAX_LINES_BYTES));
    BatchIntake intake = intake(key, security);
    var chunk = new ArrayList<BatchItem>();
    boolean first = true;
    while (lines.next()) {
      chunk.add(read(lines, intake));
      cap.count(chunk.get(chunk.size() - 1), lines.number());
      if (all) {
        requireAtomic(chunk, lines);
      } else if (chunk.size() == CHUNK) {
        results.add(written(postChunk(chunk, first)));
        chunk.clear();
        first = false;
      }
    }
    results.add(written(all ? post(chunk, true) : postChunk(chunk, first)));
    return Response.ok(answer(results), NDJSON).build();
  }

  private BatchIntake intake(String key, SecurityContext security) {
    Optional<UUID> id =
        Optional.ofNullable(key).map(text -> IdempotencyKey.idOf(text, security.getUserPrincipal().getName()));
    return new BatchIntake(names, id, security);
  }

  private static BatchItem read(BodyLines lines, BatchIntake intake) throws IOException {
    try {
      if (lines.tooLong()) {
        throw Values.invalid("", "a line has at most " + BodyLines.MAX_LINE + " bytes");
      }
      return intake.take("", TransferReader.readOne(lines.bytes(), lines.offset(), lines.length()));
    } catch (ProblemException malformed) {
      return new BatchItem.Malformed(malformed.problem());
    }
  }

  private static void requireAtomic(List<BatchItem> items, BodyLines lines) {
    if (items.size() > MAX_ITEMS) {
      throw Values.invalid("", "at most " + MAX_ITEMS + " transfers are posted as one");
    }
    if (items.get(items.size() - 1) instanceof BatchItem.Malformed malformed) {
      throw new ProblemException(malformed.problem().with("line", lines.number()));
    }
  }

  private List<BatchResult> post(List<BatchItem> items, boolean all) {
    var posting = new BatchPosting(ledger, history);
    if (!all) {
      return posting.postEach(items);
    }
    requireDifferentIds(items);
    return items.isEmpty() ? List.of() : posting.postAll(items);
  }

  /** Only the first chunk's fault may become the whole answer: behind it something was posted already. */
  private List<BatchResult> postChunk(List<BatchItem> chunk, boolean first) {
    try {
      return new BatchPosting(ledger, history).postEach(chunk);
    } catch (RuntimeException fault) { // an EJB may wrap the only fault that is answered here; all others go on
      Optional<QenexException> known = first ? Optional.empty() : overloadIn(fault);
      return BatchPosting.unknown(chunk, known.orElseThrow(() -> fault));
    }
  }

  private static Optional<QenexException> overloadIn(RuntimeException fault) {
    Throwable cause = fault.getCause() instanceof QenexException wrapped ? wrapped : fault;
    return cause instanceof QenexException known ? Optional.of(known) : Optional.empty();
  }

  private static void requireDifferentIds(List<BatchItem> items) {
    Set<UUID> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof BatchItem.Ready ready && !seen.add(ready.order().id())) {
        throw Values.invalid("/" + i + "/id", "two transfers that are posted as one have the same id");
      }
    }
  }

  /** Chunk by chunk: one array of them all would be there twice while it grows. */
  private static StreamingOutput answer(List<byte[]> chunks) {
    return body -> {
      for (byte[] chunk : chunks) {
        body.write(chunk);
      }
    };
  }

  private static byte[] written(List<BatchResult> results) throws IOException {
    var lines = new ByteArrayOutputStream(96 * results.size() + 2);
    try (JsonGenerator json = StrictJson.generator(lines)) {
      json.setRootValueSeparator(null);
      for (BatchResult result : results) {
        result.write(json);
        json.writeRaw('\n');
      }
    }
    return lines.toByteArray();
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
