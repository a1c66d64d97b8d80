package ai.qenex.security.service.edge;

import ai.qenex.kernel.QenexException;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Removes stale nonces once a minute; on several nodes each does, which harms nothing. */
@Singleton
@DependsOn("SecurityStart")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NonceSweep {

  private static final System.Logger LOG = System.getLogger(NonceSweep.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Schedule(hour = "*", minute = "*", second = "40", persistent = false)
  public void sweep() {
    try {
      new UsedNonces(database).forget(InstantSource.system().instant());
    } catch (QenexException e) {
      LOG.log(System.Logger.Level.WARNING, "stale nonces stay until the next minute", e);
    }
  }
}
