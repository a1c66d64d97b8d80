package ai.qenex.security.service;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import ai.qenex.security.Identities;
import ai.qenex.security.KeyService;
import ai.qenex.security.Login;
import ai.qenex.security.LoginClause;
import ai.qenex.security.Profile;
import ai.qenex.security.Roles;
import ai.qenex.security.SecretHash;
import ai.qenex.security.TokenAnswer;
import ai.qenex.security.TokenClause;
import ai.qenex.security.TokenIssuer;
import ai.qenex.security.identity.CheckSecret;
import ai.qenex.security.identity.Pkce;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Issues tokens to the clients and people in the database. Open to everyone: what they send is the proof. */
@Stateless
@Local(TokenIssuer.class)
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenIssuerBean implements TokenIssuer {

  static final String ISSUER = "urn:qenex:development";
  static final String AUDIENCE = "qenex-api";
  static final int EXPIRES_IN_SECONDS = 3600;

  /** The ids a client can have; others are not even looked for. */
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  /**
   * The characters of RFC 6749 appendix A.2. HMAC fills its key up with zeros, so that a secret with NULs behind it
   * would hash like the one without.
   */
  private static final Pattern SECRET = Pattern.compile("[ -~]{0,256}");
  private static final Pattern OWN_TEXT = Pattern.compile("[ -~]{0,200}");
  private static final int LONGEST_CODE = 100;

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;
  @EJB private KeyService keys;
  @EJB private AuditTrail audit;

  private final InstantSource clock = InstantSource.system();

  @Override
  public TokenAnswer issue(String clientId, String clientSecret) {
    if (!serves()) {
      return new TokenAnswer.Refused(TokenClause.ISSUER_DISABLED);
    }
    if (!canBeClient(clientId, clientSecret)) {
      return invalidClient();
    }
    var attempts = new AttemptStore(database);
    Optional<Duration> closed = attempts.begin(guess(clientId), start.settings().programs(), clock.instant());
    if (closed.isPresent()) {
      return new TokenAnswer.Locked((int) closed.get().toSeconds() + 1);
    }
    var clients = new ClientStore(database);
    Optional<ClientStore.Known> client = clients.find(clientId).filter(known -> known.client().enabled());
    Optional<SecretHash> kept = client.flatMap(ClientStore.Known::secret);
    boolean proven = new CheckSecret(start.settings().iterations()).proves(kept, clientSecret);
    // what has not the form of a name may be a secret typed into the wrong field
    note(client.isPresent() || Names.isName(clientId) ? clientId : "", "secret", proven);
    if (!proven) {
      return invalidClient();
    }
    attempts.clear(guess(clientId));
    if (kept.get().iterations() < start.settings().iterations()) {
      clients.renew(clientId, Optional.of(clients.hash(clientSecret, start.settings().iterations())),
          Optional.empty());
    }
    return issued(client.get().client());
  }

  @Override
  public TokenAnswer issueFor(String clientAssertion) {
    if (!serves()) {
      return new TokenAnswer.Refused(TokenClause.ISSUER_DISABLED);
    }
    Instant now = clock.instant();
    Optional<ClientAssertion> assertion =
        ClientAssertion.read(clientAssertion).filter(read -> read.isFor(Set.of(ISSUER)));
    Optional<ClientStore.Known> client = assertion.flatMap(ClientAssertion::clientId)
        .filter(id -> CLIENT_ID.matcher(id).matches()).flatMap(new ClientStore(database)::find)
        .filter(known -> known.client().enabled());
    Optional<ClientKey> key = client.flatMap(ClientStore.Known::jwk).flatMap(ClientKey::read);
    boolean proven = key.isPresent() && key.get().algorithm().equals(assertion.get().algorithm())
        && key.get().verifies(assertion.get().signed(), assertion.get().signature());
    if (!proven || assertion.get().validUntil(now).isEmpty() || assertion.get().onceId().isEmpty()) {
      return invalidClient();
    }
    boolean first = new OnceStore(database).burn("assertion " + assertion.get().onceId().get(),
        assertion.get().validUntil(now).get(), now);
    note(client.get().client().id(), "assertion", first);
    return first ? issued(client.get().client()) : invalidClient();
  }

  private TokenAnswer issued(Identities.Client client) {
    if (client.roles().isEmpty()) {
      return invalidClient();
    }
    JsonObjectBuilder claims = claims(client.id(), EXPIRES_IN_SECONDS).add("client_id", client.id())
        .add("groups", Json.createArrayBuilder(client.roles()));
    client.attributes().forEach(claims::add);
    return new TokenAnswer.Issued(start.signingKey().sign(claims.build()), EXPIRES_IN_SECONDS, Optional.empty());
  }

  @Override
  public boolean mayAsk(Login.Question question) {
    return serves() && CLIENT_ID.matcher(question.clientId()).matches() && Pkce.isChallenge(question.codeChallenge())
        && OWN_TEXT.matcher(question.nonce()).matches()
        && new ClientStore(database).find(question.clientId()).map(ClientStore.Known::client)
            .filter(client -> client.enabled() && client.redirectUris().stream()
                .anyMatch(registered -> Names.isSamePlace(registered, question.redirectUri())))
            .isPresent();
  }

  @Override
  public Login.Answer logIn(Login.Question question, Login.Credentials credentials, String source) {
    if (!mayAsk(question)) {
      return new Login.Answer.Refused(LoginClause.WRONG, 0);
    }
    var factors = new PeoplesFactors(database, keys, start.passkeys());
    Login.Answer answer =
        new LogPeopleIn(database, start.settings(), factors).logIn(question, credentials, clock.instant());
    Optional<LoginClause> refused =
        answer instanceof Login.Answer.Refused no ? Optional.of(no.clause()) : Optional.empty();
    note(Names.isName(credentials.name()) ? credentials.name() : "", "password" + refused.map(clause -> ": " + clause)
        .orElse(""), refused.isEmpty());
    return answer;
  }

  @Override
  public TokenAnswer exchange(Login.Exchange exchange) {
    if (!serves()) {
      return new TokenAnswer.Refused(TokenClause.ISSUER_DISABLED);
    }
    Instant now = clock.instant();
    Optional<OnceStore.LoggedIn> login = exchange.code().length() > LONGEST_CODE ? Optional.empty()
        : new OnceStore(database).take(exchange.code())
            .filter(taken -> now.isBefore(taken.expires())
                && taken.question().clientId().equals(exchange.clientId())
                && taken.question().redirectUri().equals(exchange.redirectUri())
                && Pkce.proves(taken.question().codeChallenge(), exchange.codeVerifier()));
    Optional<Identities.Person> person = login.flatMap(taken -> new PersonStore(database).find(taken.person()))
        .map(PersonStore.Known::person).filter(Identities.Person::enabled);
    return person.map(found -> issued(found, login.get()))
        .orElseGet(() -> new TokenAnswer.Refused(TokenClause.INVALID_GRANT));
  }

  private TokenAnswer issued(Identities.Person person, OnceStore.LoggedIn login) {
    int seconds = start.settings().personTokenSeconds();
    JsonObjectBuilder claims = personClaims(person.name(), seconds, login).add("aud", AUDIENCE)
        .add("client_id", login.question().clientId()).add("groups", Json.createArrayBuilder(person.roles()));
    person.attributes().forEach(claims::add);
    JsonObjectBuilder identity =
        personClaims(person.name(), seconds, login).add("aud", login.question().clientId());
    if (!login.question().nonce().isEmpty()) {
      identity.add("nonce", login.question().nonce());
    }
    return new TokenAnswer.Issued(start.signingKey().sign(claims.build()), seconds,
        Optional.of(start.signingKey().sign(identity.build())));
  }

  /** RFC 8176: how the person proved himself, and when. */
  private JsonObjectBuilder personClaims(String name, int seconds, OnceStore.LoggedIn login) {
    return claims(name, seconds).add("amr", Json.createArrayBuilder(login.methods())).add("auth_time",
        login.at().getEpochSecond());
  }

  @Override
  public TokenAnswer.Issued bind(TokenAnswer.Issued issued, String thumbprint) {
    String payload = issued.token().split("\\.")[1];
    try (var claims = Json.createReader(new ByteArrayInputStream(Base64.getUrlDecoder().decode(payload)))) {
      JsonObject bound = Json.createObjectBuilder(claims.readObject())
          .add("cnf", Json.createObjectBuilder().add("jkt", thumbprint)).build();
      return new TokenAnswer.Issued(start.signingKey().sign(bound), issued.expiresInSeconds(), issued.idToken());
    }
  }

  @Override
  public String jwks() {
    JsonArrayBuilder keys = Json.createArrayBuilder();
    if (serves()) {
      start.signingKeys().published(clock.instant()).forEach(key -> keys.add(key.jwk()));
    }
    return Json.createObjectBuilder().add("keys", keys).build().toString();
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public void rotateKey(String administrator) {
    if (serves()) {
      start.rotateSigningKey();
    }
  }

  @Override
  public boolean serves() {
    return start.profile() == Profile.DEVELOPMENT;
  }

  /** Whether the two have the form of credentials; says nothing about which clients there are. */
  static boolean canBeClient(String clientId, String clientSecret) {
    return CLIENT_ID.matcher(clientId).matches() && SECRET.matcher(clientSecret).matches();
  }

  static String guess(String clientId) {
    return "client:" + clientId;
  }

  /** Hands a login to the audit log. A name is what was claimed, and nobody's if it has not the form of one. */
  private void note(String name, String how, boolean right) {
    AuditOutcome outcome = right ? AuditOutcome.SUCCEEDED : AuditOutcome.REFUSED;
    audit
        .note(AuditEvent.of(AuditKind.LOGIN, "ask for a token", new AuditSubject("token", name), outcome).because(how));
  }

  private static TokenAnswer invalidClient() {
    return new TokenAnswer.Refused(TokenClause.INVALID_CLIENT);
  }

  private JsonObjectBuilder claims(String subject, int seconds) {
    Instant now = clock.instant();
    return Json.createObjectBuilder(Map.of("iss", ISSUER, "aud", AUDIENCE, "sub", subject, "upn", subject,
        "jti", UUID.randomUUID().toString())).add("iat", now.getEpochSecond())
        .add("exp", now.plusSeconds(seconds).getEpochSecond());
  }
}
