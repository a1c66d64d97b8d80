package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.ledger.GeneralLedger;
import ai.qenex.ledger.Ledger;
import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenIssuer;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the EAR as it is shipped: what the war's classes meet there. */
@ExtendWith(ArquillianExtension.class)
class InsideTheEarIT {

  private static final long DEADLINE_MILLIS = 30_000;

  @EJB private TokenIssuer issuer;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @Resource(lookup = "java:/jms/qenex.gl.journal") private Queue journal;
  @Resource(lookup = "java:comp/DefaultJMSConnectionFactory") private ConnectionFactory broker;
  @EJB private ServiceDesk service;
  @EJB private Ledger ledger;

  @Deployment
  static EnterpriseArchive bank() {
    EnterpriseArchive ear = ShrinkWrap.createFromZipFile(EnterpriseArchive.class,
        Path.of(System.getProperty("qenex.ear")).toFile());
    WebArchive war = ear.getAsType(WebArchive.class, "/qenex-web-api.war");
    war.addClasses(InsideTheEarIT.class, ServiceDesk.class);
    Testable.archiveToTest(war);
    return ear;
  }

  @Test
  void reachesBeansOfOtherModulesByTheirInterfaces() {
    assertInstanceOf(TokenAnswer.Issued.class, issuer.issue("demo-teller", "demo"));
    assertInstanceOf(TokenAnswer.Refused.class, issuer.issue("demo-teller", "Demo"));
  }

  @Test
  void findsTheSchemaOfEachContextInTheOneDatabase() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from security.client where id like 'demo-%'")) {
      assertTrue(rows.next() && rows.getInt(1) == 6);
    }
  }

  @Test
  void findsTheQueuesUnderTheirPublishedNames() throws Exception {
    assertTrue(journal.getQueueName().endsWith("qenex.gl.journal"), journal.getQueueName());
  }

  @Test
  void sendsTheJournalOfADayOnceAndSealed() throws Exception {
    GeneralLedger.Journal recorded = service.endOfDay();
    try (JMSContext context = broker.createContext(); JMSConsumer consumer = context.createConsumer(journal)) {
      var message = (TextMessage) consumer.receive(DEADLINE_MILLIS);
      assertNotNull(message, "the journal arrives within the deadline");
      assertEquals(recorded.eventId().toString(), message.getStringProperty("eventId"));
      assertEquals("gl-journal-" + recorded.date(), message.getJMSCorrelationID());
      assertEquals(message.getJMSCorrelationID(), message.getStringProperty("correlationId"));
      assertEquals(numberOf(recorded.eventId()), message.getLongProperty("sequence"));
      assertEquals(DeliveryMode.PERSISTENT, message.getJMSDeliveryMode());
      assertFalse(Instant.parse(message.getStringProperty("occurredAt")).isAfter(Instant.now()));
      byte[] body = message.getText().getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      assertEquals(HexFormat.of().formatHex(hash), message.getStringProperty("sha256"));
      assertTrue(message.getText().contains(recorded.eventId().toString()), message.getText());
      assertTrue(message.getText().contains(recorded.date().toString()), message.getText());
      assertNull(consumer.receiveNoWait(), "one message for one day");
    }
  }

  private long numberOf(UUID eventId) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement query = connection.prepareStatement("select number from ledger.outbox where event_id = ?")) {
      query.setObject(1, eventId);
      try (ResultSet rows = query.executeQuery()) {
        assertTrue(rows.next(), "the journal is in the outbox");
        return rows.getLong(1);
      }
    }
  }

  @Test
  void letsNobodyPostWithoutARole() {
    assertThrows(EJBAccessException.class, () -> ledger.submitAll(List.of()));
  }
}
