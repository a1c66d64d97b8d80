package ai.qenex.web.health;

import ai.qenex.ledger.LedgerHealth;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while this node can post. */
@Readiness
@ApplicationScoped
public class LedgerReadiness implements HealthCheck {

  private static final System.Logger LOG = System.getLogger(LedgerReadiness.class.getName());

  @EJB private LedgerHealth ledger;

  @Override
  public HealthCheckResponse call() {
    Optional<String> whyNot = whyNotReady();
    var response = HealthCheckResponse.named("ledger").status(whyNot.isEmpty());
    whyNot.ifPresent(why -> response.withData("why", why));
    return response.build();
  }

  private Optional<String> whyNotReady() {
    try {
      return ledger.whyNotReady();
    } catch (RuntimeException e) { // a bean that cannot be called is not ready, and health must say so rather than
                                   // break
      LOG.log(System.Logger.Level.WARNING, "the ledger cannot be asked", e);
      return Optional.of("the ledger does not answer");
    }
  }
}
