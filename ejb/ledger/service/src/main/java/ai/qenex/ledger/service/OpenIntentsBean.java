package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.LedgerHistory;
import ai.qenex.security.AuditLog;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditRecord;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ends the audit log's intents that a crash left open (invariant AUDIT-1): what the ledger has under the id of an
 * intent was done, what it has not was not.
 */
@Stateless
@Local(OpenIntents.class)
@RunAs(Roles.SERVICE)
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenIntentsBean implements OpenIntents {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  @EJB private AuditLog log;
  @EJB private AuditTrail trail;
  @EJB private LedgerHistory history;

  @Override
  public int end() {
    int ended = 0;
    for (AuditRecord intent : log.openIntents()) {
      trail.note(intent.event().ended(AuditOutcome.UNKNOWN).ending(intent.seq())
          .because("the node ended before it could tell").changing("", found(intent.event().subject().id())));
      ended++;
    }
    return ended;
  }

  private String found(String id) {
    if (!ID.matcher(id).matches()) {
      return "no id: see the correlation";
    }
    Optional<LedgerEntry> entry = history.find(UUID.fromString(id));
    return entry
        .map(found -> (found instanceof InstructionRefused ? "refused" : "done") + ", ledger seq=" + found.seq())
        .orElse("the ledger has nothing under this id");
  }
}
