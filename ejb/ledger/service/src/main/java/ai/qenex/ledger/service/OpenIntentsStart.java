package ai.qenex.ledger.service;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Ends open intents once after each start, when the ledger has read its log. */
@Singleton
@Startup
@DependsOn("LedgerEngineBean")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OpenIntentsStart {

  private static final int DELAY_SECONDS = 1;
  private static final System.Logger LOG = System.getLogger(OpenIntentsStart.class.getName());

  @Resource private ManagedScheduledExecutorService executor;

  @EJB private OpenIntents intents;

  @PostConstruct
  void start() {
    executor.schedule(this::end, DELAY_SECONDS, TimeUnit.SECONDS);
  }

  private void end() {
    try {
      int ended = intents.end();
      if (ended > 0) {
        LOG.log(Level.WARNING, "{0} actions of this node had no end when it last stopped", ended);
      }
    } catch (RuntimeException e) {
      // the thread's boundary: the intents stay open, and the next start ends them
      LOG.log(Level.WARNING, "Open intents could not be ended", e);
    }
  }
}
