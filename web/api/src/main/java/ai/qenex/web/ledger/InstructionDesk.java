package ai.qenex.web.ledger;

import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Accounts;
import ai.qenex.ledger.Instruction;
import ai.qenex.ledger.Ledger;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.ledger.Outcome;
import ai.qenex.ledger.Refusal;
import ai.qenex.web.problem.Problem;
import ai.qenex.web.problem.ProblemException;
import ai.qenex.web.trail.AuditedRequest;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Submits an instruction that makes transfers as it decides, and answers with what they came to. */
@ApplicationScoped
public class InstructionDesk {

  private static final int MAX_NUMBER = 18;

  @EJB private Ledger ledger;
  @EJB private Accounts accounts;
  @EJB private LedgerHistory history;

  /**
   * @param answer makes the body of the answer of the transfers
   * @throws ProblemException the refusal, with the id of the instruction
   */
  Response post(Instruction instruction, Function<List<TransferPosted>, Object> answer) {
    Outcome.Accepted accepted = submit(instruction);
    return answer(accepted, Response.status(Response.Status.CREATED)
        .entity(answer.apply(accepted.entries().stream().map(entry -> (TransferPosted) entry).toList())));
  }

  /** @throws ProblemException the refusal, with the id of the instruction */
  Outcome.Accepted submit(Instruction instruction) {
    Outcome outcome = ledger.submit(instruction);
    if (outcome instanceof Outcome.Refused refused) {
      throw new ProblemException(problemOf(refused.refusal()).with("id", instruction.ids().get(0).toString()));
    }
    var accepted = (Outcome.Accepted) outcome;
    List<LedgerEntry> entries = accepted.entries();
    AuditedRequest.current().resulted(entries.isEmpty() ? "entries=0"
        : "seq=" + entries.get(0).seq() + ".." + entries.get(entries.size() - 1).seq());
    return accepted;
  }

  /** The response, with the mark of a repeated answer if it is one. */
  Response answer(Outcome.Accepted accepted, Response.ResponseBuilder response) {
    return (accepted.repeated() ? response.header(TransferDesk.REPLAYED, "true") : response).build();
  }

  TransferView viewOf(TransferPosted transfer) {
    return TransferView.of(transfer, history.hashOf(transfer), idOf(transfer.debit()), idOf(transfer.credit()));
  }

  UUID idOf(AccountNumber number) {
    return accounts.find(number).orElseThrow().id();
  }

  /** The ledger names accounts by number; clients know their ids. */
  Problem problemOf(Refusal refusal) {
    return withId("beneficiary", withId("account", Refusals.problemOf(refusal), refusal), refusal);
  }

  private Problem withId(String figure, Problem problem, Refusal refusal) {
    String number = refusal.figures().get(figure);
    if (number == null || number.length() > MAX_NUMBER) {
      return problem;
    }
    return accounts.find(new AccountNumber(Long.parseLong(number)))
        .map(account -> problem.with(figure, account.id().toString())).orElse(problem);
  }
}
