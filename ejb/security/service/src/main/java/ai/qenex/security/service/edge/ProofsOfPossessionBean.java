package ai.qenex.security.service.edge;

import ai.qenex.security.ProofClause;
import ai.qenex.security.ProofsOfPossession;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** Judges proofs and remembers their ids, on all nodes. */
@Stateless
@Local(ProofsOfPossession.class)
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProofsOfPossessionBean implements ProofsOfPossession {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private final InstantSource clock = InstantSource.system();

  @Override
  public Answer judge(String proof, Call call, Optional<String> thumbprint) {
    Optional<DpopProof> read = DpopProof.read(proof);
    if (read.isEmpty()) {
      return new Answer.Refused(ProofClause.PROOF_MALFORMED);
    }
    Instant now = clock.instant();
    Optional<ProofClause> refusal = read.get().refusal(call, thumbprint, now);
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    String holder = read.get().thumbprint();
    boolean first = new UsedNonces(database).use("dpop " + holder, read.get().id().orElseThrow(),
        now.plus(DpopProof.OLDEST).plus(DpopProof.OLDEST));
    return first ? new Answer.Proven(holder) : new Answer.Refused(ProofClause.PROOF_REPLAYED);
  }
}
