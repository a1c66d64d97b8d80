package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Profile;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
@TransactionManagement(TransactionManagementType.BEAN)
public class SecurityStart {

  private static final String ISSUER_PROPERTY = "mp.jwt.verify.issuer";

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  /** Another node may have made a key: this one knows what it read at most that long ago. */
  private static final Duration KEY_KNOWN = Duration.ofSeconds(30);

  private final InstantSource clock = InstantSource.system();
  private Profile profile;
  private IdentitySettings settings;
  private volatile Signing signing;

  private record Signing(SigningKeys keys, Instant until) {}

  @PostConstruct
  void start() {
    Config config = ConfigProvider.getConfig();
    UnaryOperator<String> property = name -> config.getOptionalValue(name, String.class).orElse("");
    String named = property.apply("qenex.profile");
    profile = named.isEmpty() ? Profile.DEVELOPMENT : Profile.of(named);
    settings = IdentitySettings.of(property);
    if (profile == Profile.PRODUCTION) {
      requireForeignIssuer(property);
    }
    Flyway.configure(SecurityStart.class.getClassLoader()).dataSource(database)
        .schemas("security").defaultSchema("security").locations("classpath:db/migration/security").load().migrate();
    if (profile == Profile.DEVELOPMENT) {
      new ClientStore(database).seedDemoClients();
      known(new SigningKeyStore(database).loadOrCreate(clock.instant()));
    }
  }

  @Lock(LockType.READ)
  public Profile profile() {
    return profile;
  }

  /** Of lock-out, passwords and the embedded issuer. */
  @Lock(LockType.READ)
  public IdentitySettings settings() {
    return settings;
  }

  /** The issuer's keys; only in development. */
  @Lock(LockType.READ)
  public SigningKeys signingKeys() {
    Signing known = signing;
    return clock.instant().isBefore(known.until()) ? known.keys()
        : known(new SigningKeyStore(database).loadOrCreate(clock.instant()));
  }

  /** The key that signs at the moment. */
  @Lock(LockType.READ)
  public SigningKey signingKey() {
    return signingKeys().signing(clock.instant());
  }

  /** A new key is published, and signs a while later. */
  @Lock(LockType.WRITE)
  public void rotateSigningKey() {
    known(new SigningKeyStore(database).rotate(clock.instant()));
  }

  private SigningKeys known(SigningKeys keys) {
    signing = new Signing(keys, clock.instant().plus(KEY_KNOWN));
    return keys;
  }

  /** What a login asks of people's factors. */
  @Lock(LockType.READ)
  public LogPeopleIn.SecondFactor secondFactor() {
    return new LogPeopleIn.SecondFactor() {
      @Override
      public boolean isNeeded(String name) {
        return false;
      }

      @Override
      public boolean takes(String name, String code) {
        return false;
      }
    };
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
