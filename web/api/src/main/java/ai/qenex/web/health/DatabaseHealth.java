package ai.qenex.web.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while PostgreSQL answers. */
@Readiness
@ApplicationScoped
public class DatabaseHealth implements HealthCheck {

  private static final int TIMEOUT_SECONDS = 2;

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @Override
  public HealthCheckResponse call() {
    try (Connection connection = database.getConnection()) {
      return HealthCheckResponse.named("database").status(connection.isValid(TIMEOUT_SECONDS)).build();
    } catch (SQLException e) {
      return HealthCheckResponse.down("database");
    }
  }
}
