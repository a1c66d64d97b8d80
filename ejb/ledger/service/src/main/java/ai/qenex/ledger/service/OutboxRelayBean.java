package ai.qenex.ledger.service;

import ai.qenex.ledger.Leadership;
import ai.qenex.ledger.service.OutboxRelay.UndeliveredException;
import ai.qenex.ledger.service.OutboxStore.Unsent;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Runs the {@link OutboxRelay} a second after its last run, and carries its messages to JMS. */
@Singleton
@Startup
@DependsOn("LedgerMigration")
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OutboxRelayBean {

  /** Artemis remembers it and drops what comes again under it; other brokers see a property like any other. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";
  private static final long PAUSE_MILLIS = 1_000;
  private static final System.Logger LOG = System.getLogger(OutboxRelayBean.class.getName());

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Resource(lookup = "java:comp/DefaultJMSConnectionFactory") private ConnectionFactory broker;

  @EJB private Leadership leadership;

  @Resource private ManagedScheduledExecutorService executor;

  private OutboxRelay relay;
  private ScheduledFuture<?> runs;

  @PostConstruct
  void open() {
    relay = new OutboxRelay(database, Clock.systemUTC(), this::send);
    // not a timer of the EJB container, which complains when a run takes longer than the time to the next
    runs = executor.scheduleWithFixedDelay(this::run, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    runs.cancel(false);
  }

  /** The next run takes up whatever this one could not do, and a standby leaves it all to the leader. */
  private void run() {
    try {
      if (leadership.leads()) {
        relay.run();
      }
    } catch (SQLException | RuntimeException e) {
      // the thread's boundary: what is thrown on would end all further runs
      LOG.log(Level.WARNING, "The outbox waits: {0}", e.getMessage());
    }
  }

  /**
   * Without a transaction the session acknowledges each persistent message by itself, once the broker has stored it.
   */
  private void send(Unsent unsent) throws UndeliveredException {
    OutboxMessage news = unsent.message();
    try (JMSContext context = broker.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      Destination destination = InitialContext.doLookup("java:/jms/" + news.destination());
      TextMessage message = context.createTextMessage(new String(news.body(), StandardCharsets.UTF_8));
      message.setJMSCorrelationID(news.correlationId());
      message.setStringProperty("eventId", news.eventId().toString());
      message.setStringProperty("correlationId", news.correlationId());
      message.setLongProperty("sequence", unsent.number());
      message.setStringProperty("occurredAt", news.occurredAt().toString());
      message.setStringProperty("sha256", sha256(news.body()));
      message.setStringProperty(DUPLICATE_ID, news.eventId().toString());
      context.createProducer().send(destination, message);
    } catch (NamingException | JMSException | JMSRuntimeException e) {
      throw new UndeliveredException(e.getMessage(), e);
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
