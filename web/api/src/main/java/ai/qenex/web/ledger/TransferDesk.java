package ai.qenex.web.ledger;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.PostTransfers;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.ledger.KnownNames.Holder;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;

/** Posts one transfer and answers as every endpoint that posts one answers. */
@ApplicationScoped
public class TransferDesk {

  /** Tells a client that this is the answer of an earlier request with the same id. */
  static final String REPLAYED = "Idempotency-Replayed";

  @EJB private Ledger ledger;
  @Inject private KnownNames names;
  @EJB private LedgerHistory history;

  /** @throws ProblemException 422 {@code ASSET_NOT_FOUND} */
  Asset asset(String code) {
    return names.asset(code).orElseThrow(() -> new ProblemException(
        Refusals.problemOf(new Refusal(Clause.ASSET_NOT_FOUND, Map.of("asset", code)))));
  }

  /** What a person confirms who posts it. */
  static LinkedOperation linked(UUID id, Money amount, Holder debit, Holder credit) {
    return new LinkedOperation(StepUpKind.TRANSFER, debit.id().toString(), credit.id().toString(),
        StepUpGate.text(amount), amount.asset().code(), id.toString());
  }

  Response post(TransferOrder order, Holder debit, Holder credit) {
    Outcome outcome = ledger.submit(PostTransfers.of(order));
    if (outcome instanceof Outcome.Accepted accepted) {
      var posted = (TransferPosted) accepted.entries().get(0);
      AuditedRequest.current().resulted("seq=" + posted.seq());
      Response.ResponseBuilder response = Response.status(Response.Status.CREATED)
          .entity(TransferView.of(posted, history.hashOf(posted), debit.id(), credit.id()));
      return (accepted.repeated() ? response.header(REPLAYED, "true") : response).build();
    }
    throw new ProblemException(refusalOf((Outcome.Refused) outcome, debit, credit).with("id", order.id().toString()));
  }

  /** The ledger names accounts by number; clients know their ids. */
  private static Problem refusalOf(Outcome.Refused refused, Holder debit, Holder credit) {
    Problem problem = Refusals.problemOf(refused.refusal());
    String number = refused.refusal().figures().get("account");
    if (number == null) {
      return problem;
    }
    Holder account = number.equals(debit.number().toString()) ? debit : credit;
    return problem.with("account", account.id().toString());
  }
}
