package ai.qenex.web.health;

import ai.qenex.security.AuditLog;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while what is done can be recorded, and the record is what was signed. */
@Readiness
@ApplicationScoped
public class AuditReadiness implements HealthCheck {

  private static final System.Logger LOG = System.getLogger(AuditReadiness.class.getName());

  @EJB private AuditLog log;

  @Override
  public HealthCheckResponse call() {
    Optional<String> whyNot = whyNotReady();
    var response = HealthCheckResponse.named("audit").status(whyNot.isEmpty());
    whyNot.ifPresent(why -> response.withData("why", why));
    return response.build();
  }

  private Optional<String> whyNotReady() {
    try {
      return log.whyNotReady();
    } catch (RuntimeException e) { // a bean that cannot be called is not ready, and health must say so, not break
      LOG.log(System.Logger.Level.WARNING, "the audit log cannot be asked", e);
      return Optional.of("the audit log does not answer");
    }
  }
}
