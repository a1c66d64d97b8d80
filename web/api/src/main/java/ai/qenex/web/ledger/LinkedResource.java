package ai.qenex.web.ledger;

import static ai.qenex.security.Operation.TRANSFER;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.UuidV7;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Holds;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.LinkedInstructions;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Refusal;
import ai.qenex.security.Roles;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.approval.Sensitive;
import ai.qenex.web.input.IdempotencyKey;
import ai.qenex.web.input.Values;
import ai.qenex.web.json.JsonBodyReader;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Moves of different kinds that are carried out as one. */
@Path("/api/v1/linked")
@RequestScoped
@Tag(name = "transfers")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR})
public class LinkedResource {

  private static final long MAX_BYTES = 1L << 20;

  @EJB private Ledger ledger;
  @EJB private LedgerHistory history;
  @EJB private Holds holds;
  @Inject private TransferDesk assets;
  @Inject private InstructionDesk desk;
  @Inject private StepUpGate stepUp;
  @Inject private KnownNames names;

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Carry out transfers, holds, captures, releases and reversals as one, in their order: all or "
      + "none; reversals only for operators")
  @RequestBodySchema(LinkedItem[].class)
  @APIResponseSchema(value = LinkedView.class, responseCode = "201")
  @APIResponse(responseCode = "422", description = "A rule of the ledger refused one of them; code is its clause, path "
      + "its place, and items tells of each")
  @Sensitive(TRANSFER)
  public Response post(InputStream body, @HeaderParam(IdempotencyKey.HEADER) String key,
      @Context SecurityContext client) throws IOException {
    UUID whole = IdempotencyKey.idOf(key, client.getUserPrincipal().getName());
    // what is confirmed has to come again with the same ids, whose key the challenge tells
    boolean same = key != null || stepUp.asks(client, StepUpKind.COMPOUND);
    Optional<UUID> request = same ? Optional.of(whole) : Optional.empty();
    var reader = new LinkedReader(new WhatIsThere(client), index -> request
        .map(id -> UuidV7.derived(id, Integer.toString(index))).orElseGet(IdempotencyKey::newId));
    List<LinkedReader.Item> items = reader.read(JsonBodyReader.readPlace(body, MAX_BYTES));
    var linked = new LinkedInstructions(items.stream().map(LinkedReader.Item::instruction).toList());
    stepUp.passWhole(client, whole, items.size() + " linked moves", linked);
    Outcome outcome = ledger.submit(linked);
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(problemOf(items, refused.refusal()));
    }
    var accepted = (Outcome.Accepted) outcome;
    return desk.answer(accepted, Response.status(Response.Status.CREATED).entity(viewOf(items, accepted)));
  }

  private static LinkedView viewOf(List<LinkedReader.Item> items, Outcome.Accepted accepted) {
    var told = new ArrayList<LinkedView.Item>(items.size());
    for (int i = 0; i < items.size(); i++) {
      told.add(LinkedView.Item.posted(items.get(i).id(), items.get(i).type(), accepted.entries().get(i).seq()));
    }
    return new LinkedView(told);
  }

  /**
   * The log knows which move was refused for itself and which only with it; a refusal that is never recorded is
   * everyone's.
   */
  private Problem problemOf(List<LinkedReader.Item> items, Refusal refusal) {
    Map<UUID, Refusal> refusals = new HashMap<>();
    if (refusal.clause() != Clause.IDEMPOTENCY_KEY_REUSED && refusal.clause() != Clause.ID_FROM_THE_FUTURE) {
      for (LedgerEntry entry : history.findAll(items.stream().map(LinkedReader.Item::id).toList())) {
        if (entry instanceof InstructionRefused refused) {
          refusals.put(refused.id(), refused.refusal());
        }
      }
    }
    Refusal own = refusal;
    String path = "";
    var told = new ArrayList<LinkedView.Item>(items.size());
    for (int i = 0; i < items.size(); i++) {
      Refusal known = refusals.getOrDefault(items.get(i).id(), refusal);
      told.add(LinkedView.Item.refused(items.get(i).id(), items.get(i).type(), known.clause().name()));
      if (known.clause() != Clause.LINKED_TRANSFER_REFUSED && path.isEmpty() && !refusals.isEmpty()) {
        own = known;
        path = "/" + i;
      }
    }
    return desk.problemOf(own).with("path", path).with("items", told);
  }

  /** Looks up what the moves name, as this client may use it. */
  private final class WhatIsThere implements LinkedReader.Known {

    private final SecurityContext client;

    WhatIsThere(SecurityContext client) {
      this.client = client;
    }

    @Override
    public Asset asset(String path, String code) {
      return assets.asset(code);
    }

    @Override
    public AccountNumber account(String path, String name) {
      return names.party(path, name, client).number();
    }

    @Override
    public Asset assetOfHold(String path, String id) {
      return holds.find(UUID.fromString(id)).orElseThrow(() -> new ProblemException(
          Problem.notFound(Clause.HOLD_NOT_FOUND.name(), "no hold has that id").with("path", path))).now().placed()
          .asset();
    }

    @Override
    public TransferPosted transfer(String path, String id) {
      if (!client.isUserInRole(Roles.OPERATOR)) {
        throw new ProblemException(
            Problem.of(403, "FORBIDDEN", "Not with your roles", "transfers are reversed by operators"));
      }
      TransferPosted transfer = (Values.isUuid(id) ? history.find(UUID.fromString(id)) : Optional.<LedgerEntry>empty())
          .filter(TransferPosted.class::isInstance).map(TransferPosted.class::cast)
          .orElseThrow(() -> new ProblemException(Problem.notFound(Clause.TRANSFER_NOT_FOUND.name(),
              "no transfer was posted under that id").with("path", path)));
      // what payments and their settlement move is theirs to undo
      account(path, desk.idOf(transfer.debit()).toString());
      account(path, desk.idOf(transfer.credit()).toString());
      return transfer;
    }
  }
}
