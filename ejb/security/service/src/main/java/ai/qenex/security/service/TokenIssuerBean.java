package ai.qenex.security.service;

import ai.qenex.security.Profile;
import ai.qenex.security.SecretHash;
import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenClause;
import ai.qenex.security.TokenIssuer;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Issues tokens to the clients in the database. Open to everyone: the secret is the proof. */
@Stateless
@Local(TokenIssuer.class)
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenIssuerBean implements TokenIssuer {

  static final String ISSUER = "urn:qenex:development";
  static final String AUDIENCE = "qenex-api";
  static final int EXPIRES_IN_SECONDS = 3600;

  /** Checked when the client is unknown, so that the time an answer takes does not tell which clients exist. */
  private static final SecretHash NOBODY = SecretHash.of("", new byte[16], SecretHash.ITERATIONS);

  /** The ids a client can have; others are not even looked for. */
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  /**
   * The characters of RFC 6749 appendix A.2. HMAC fills its key up with zeros, so that a secret with NULs behind it
   * would hash like the one without.
   */
  private static final Pattern SECRET = Pattern.compile("[ -~]{0,256}");

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;

  private final InstantSource clock = InstantSource.system();

  @Override
  public TokenAnswer issue(String clientId, String clientSecret) {
    if (!serves()) {
      return new TokenAnswer.Refused(TokenClause.ISSUER_DISABLED);
    }
    if (!canBeClient(clientId, clientSecret)) {
      return new TokenAnswer.Refused(TokenClause.INVALID_CLIENT);
    }
    Optional<ClientStore.Client> client = new ClientStore(database).find(clientId);
    boolean proven = client.map(ClientStore.Client::secret).orElse(NOBODY).matches(clientSecret);
    if (client.isEmpty() || !proven) {
      return new TokenAnswer.Refused(TokenClause.INVALID_CLIENT);
    }
    return new TokenAnswer.Issued(start.signingKey().sign(claims(client.get())), EXPIRES_IN_SECONDS);
  }

  /** Whether the two have the form of credentials; says nothing about which clients there are. */
  static boolean canBeClient(String clientId, String clientSecret) {
    return CLIENT_ID.matcher(clientId).matches() && SECRET.matcher(clientSecret).matches();
  }

  @Override
  public String jwks() {
    JsonArrayBuilder keys = Json.createArrayBuilder();
    if (serves()) {
      keys.add(start.signingKey().jwk());
    }
    return Json.createObjectBuilder().add("keys", keys).build().toString();
  }

  @Override
  public boolean serves() {
    return start.profile() == Profile.DEVELOPMENT;
  }

  private JsonObject claims(ClientStore.Client client) {
    Instant now = clock.instant();
    return Json.createObjectBuilder().add("iss", ISSUER).add("aud", AUDIENCE).add("sub", client.id())
        .add("upn", client.id())
        .add("groups", Json.createArrayBuilder(client.roles())).add("iat", now.getEpochSecond())
        .add("exp", now.plusSeconds(EXPIRES_IN_SECONDS).getEpochSecond()).add("jti", UUID.randomUUID().toString())
        .build();
  }
}
