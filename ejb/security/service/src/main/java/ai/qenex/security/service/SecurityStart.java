package ai.qenex.security.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Profile;
import ai.qenex.security.StepUpPolicy;
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
import java.util.Set;
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

  /** EU 2018/389 Art. 4(3)(d) has five minutes for a session; nothing that is confirmed needs longer. */
  private static final int STEP_UP_SECONDS = 300;
  private static final int LONGEST_STEP_UP_SECONDS = 300;

  private final InstantSource clock = InstantSource.system();
  private Profile profile;
  private IdentitySettings settings;
  private StepUpPolicy stepUpPolicy;
  private Duration stepUpLife;
  private PasskeyCeremony passkeys;
  private volatile Signing signing;

  private record Signing(SigningKeys keys, Instant until) {}

  @PostConstruct
  void start() {
    Config config = ConfigProvider.getConfig();
    UnaryOperator<String> property = name -> config.getOptionalValue(name, String.class).orElse("");
    String named = property.apply("qenex.profile");
    profile = named.isEmpty() ? Profile.DEVELOPMENT : Profile.of(named);
    settings = IdentitySettings.of(property);
    stepUpPolicy = StepUpPolicy.of(property);
    stepUpLife = Duration.ofSeconds(
        IdentitySettings.number(property, "qenex.step-up.seconds", STEP_UP_SECONDS, 1, LONGEST_STEP_UP_SECONDS));
    passkeys = passkeys(property);
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

  @Lock(LockType.READ)
  public StepUpPolicy stepUpPolicy() {
    return stepUpPolicy;
  }

  /** How long a challenge may be answered, and a proof be used. */
  @Lock(LockType.READ)
  public Duration stepUpLife() {
    return stepUpLife;
  }

  @Lock(LockType.READ)
  public PasskeyCeremony passkeys() {
    return passkeys;
  }

  private static PasskeyCeremony passkeys(UnaryOperator<String> property) {
    String rpId = property.apply("qenex.webauthn.rp-id");
    String origins = property.apply("qenex.webauthn.origins");
    String port = property.apply("qenex.http.port");
    return new PasskeyCeremony(rpId.isBlank() ? "localhost" : rpId.strip(), Set.of((origins.isBlank()
        ? "http://localhost:" + (port.isBlank() ? "8080" : port) : origins).strip().split("\\s*,\\s*")));
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
