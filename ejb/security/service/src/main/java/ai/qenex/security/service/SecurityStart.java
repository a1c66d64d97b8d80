package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Profile;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;

/**
 * The first bean of the bank to start. It lays schema {@code security}; in development it makes the demo clients and
 * the signing key if there are none; in production it refuses to let the bank start unless another issuer's tokens are
 * configured.
 */
@Singleton
@Startup
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class SecurityStart {

  private static final String ISSUER_PROPERTY = "mp.jwt.verify.issuer";

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private Profile profile;
  private SigningKey signingKey;

  @PostConstruct
  void start() {
    Config config = ConfigProvider.getConfig();
    UnaryOperator<String> property = name -> config.getOptionalValue(name, String.class).orElse("");
    String named = property.apply("qenex.profile");
    profile = named.isEmpty() ? Profile.DEVELOPMENT : Profile.of(named);
    if (profile == Profile.PRODUCTION) {
      requireForeignIssuer(property);
    }
    Flyway.configure(SecurityStart.class.getClassLoader()).dataSource(database)
        .schemas("security").defaultSchema("security").locations("classpath:db/migration/security").load().migrate();
    if (profile == Profile.DEVELOPMENT) {
      new ClientStore(database).seedDemoClients();
      signingKey = new SigningKeyStore(database).loadOrCreate();
    }
  }

  public Profile profile() {
    return profile;
  }

  /** The key that signs; only in development. */
  public SigningKey signingKey() {
    return signingKey;
  }

  /** Faults unless the properties (an absent one reads empty) name an issuer, its keys and whom its tokens are for. */
  static void requireForeignIssuer(UnaryOperator<String> property) {
    boolean noKey = property.apply("mp.jwt.verify.publickey").isBlank()
        && property.apply("mp.jwt.verify.publickey.location").isBlank();
    if (noKey || property.apply(ISSUER_PROPERTY).isBlank() || property.apply("mp.jwt.verify.audiences").isBlank()) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.profile=production needs the bank's token issuer: set mp.jwt.verify.issuer,"
              + " mp.jwt.verify.audiences and mp.jwt.verify.publickey.location (its JWKS URL)");
    }
    if (property.apply(ISSUER_PROPERTY).equals(TokenIssuerBean.ISSUER)) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.profile=production refuses the development issuer " + TokenIssuerBean.ISSUER);
    }
  }
}
