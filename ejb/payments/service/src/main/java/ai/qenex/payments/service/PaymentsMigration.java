package ai.qenex.payments.service;

import ai.qenex.payments.iso20022.Iso20022Message;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;

/**
 * Lays schema {@code payments} when the bank starts, compiles the profile schemas, and refuses to start with a wrong
 * configuration.
 */
@Singleton
@Startup
@PermitAll
@TransactionManagement(TransactionManagementType.BEAN)
public class PaymentsMigration {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  @PostConstruct
  void migrate() {
    PaymentsConfig.read();
    PaymentsSchema.lay(database);
    for (Iso20022Message message : Iso20022Message.values()) {
      message.schema();
    }
  }
}
