package ai.qenex.systemtest;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenIssuer;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.jms.Queue;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  @EJB private TokenIssuer issuer;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @Resource(lookup = "java:/jms/qenex.gl.journal") private Queue journal;

  @Deployment
  static EnterpriseArchive bank() {
    EnterpriseArchive ear = ShrinkWrap.createFromZipFile(EnterpriseArchive.class,
        Path.of(System.getProperty("qenex.ear")).toFile());
    WebArchive war = ear.getAsType(WebArchive.class, "/qenex-web-api.war");
    war.addClass(InsideTheEarIT.class);
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
      assertTrue(rows.next() && rows.getInt(1) == 4);
    }
  }

  @Test
  void findsTheQueuesUnderTheirPublishedNames() throws Exception {
    assertTrue(journal.getQueueName().endsWith("qenex.gl.journal"), journal.getQueueName());
  }
}
