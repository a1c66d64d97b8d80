package ai.qenex.security.service;

import ai.qenex.security.Identities;
import ai.qenex.security.IdentityClause;
import ai.qenex.security.Profile;
import ai.qenex.security.Roles;
import ai.qenex.security.SecretHash;
import ai.qenex.security.identity.PasswordPolicy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Keeps people and clients. Each change is one statement, and none needs another to be whole. */
@Stateless
@Local(Identities.class)
@RolesAllowed(Roles.ADMINISTRATOR)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class IdentitiesBean implements Identities {

  private static final int MOST_PLACES = 10;
  private static final Pattern SECRET = Pattern.compile("[!-~]{32,256}");

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private SecurityStart start;

  @Override
  public List<Person> people() {
    return serves() ? new PersonStore(database).all() : List.of();
  }

  @Override
  public Optional<Person> person(String name) {
    return serves() ? new PersonStore(database).find(name).map(PersonStore.Known::person) : Optional.empty();
  }

  @Override
  public Optional<IdentityClause> addPerson(String administrator, Person person, String password) {
    return refusal(person.name()).or(() -> refusal(person)).or(() -> unfit(person.name(), password))
        .or(() -> done(new PersonStore(database).add(new PersonStore.Known(person, hash(password), true)),
            IdentityClause.NAME_TAKEN));
  }

  @Override
  public Optional<IdentityClause> changePerson(String administrator, Person person) {
    return refusal(person.name()).or(() -> refusal(person))
        .or(() -> done(!person.name().equals(administrator), IdentityClause.OWN_ENTRY))
        .or(() -> done(new PersonStore(database).change(person), IdentityClause.NOT_FOUND));
  }

  @Override
  public Optional<IdentityClause> resetPassword(String administrator, String name, String password) {
    return refusal(name).or(() -> unfit(name, password)).or(() -> {
      boolean found = new PersonStore(database).setPassword(name, hash(password), true);
      new AttemptStore(database).clear(LogPeopleIn.guess(name));
      return done(found, IdentityClause.NOT_FOUND);
    });
  }

  @Override
  public List<Client> clients() {
    return serves() ? new ClientStore(database).all() : List.of();
  }

  @Override
  public Optional<Client> client(String id) {
    return serves() ? new ClientStore(database).find(id).map(ClientStore.Known::client) : Optional.empty();
  }

  @Override
  public Optional<IdentityClause> addClient(String administrator, Client client, Credential credential) {
    return refusal(client.id()).or(() -> refusal(client)).or(() -> refusal(client, credential))
        .or(() -> done(new ClientStore(database)
            .add(new ClientStore.Known(client, credential.secret().map(this::hash), credential.jwk())),
            IdentityClause.NAME_TAKEN));
  }

  @Override
  public Optional<IdentityClause> changeClient(String administrator, Client client) {
    return refusal(client.id()).or(() -> refusal(client))
        .or(() -> done(!client.id().equals(administrator), IdentityClause.OWN_ENTRY))
        .or(() -> new ClientStore(database).find(client.id()).filter(known -> known.isPublic()
            && !client.roles().isEmpty()).map(known -> IdentityClause.INVALID_ROLES))
        .or(() -> done(new ClientStore(database).change(client), IdentityClause.NOT_FOUND));
  }

  @Override
  public Optional<IdentityClause> renewCredential(String administrator, String id, Credential credential) {
    Optional<Client> client = client(id);
    return refusal(id).or(() -> done(client.isPresent(), IdentityClause.NOT_FOUND))
        .or(() -> refusal(client.get(), credential)).or(() -> {
          new ClientStore(database).renew(id, credential.secret().map(this::hash), credential.jwk());
          new AttemptStore(database).clear(TokenIssuerBean.guess(id));
          return Optional.empty();
        });
  }

  private boolean serves() {
    return start.profile() == Profile.DEVELOPMENT;
  }

  private Optional<IdentityClause> refusal(String name) {
    return done(serves(), IdentityClause.ISSUER_DISABLED)
        .or(() -> done(Names.isName(name), IdentityClause.INVALID_NAME));
  }

  private static Optional<IdentityClause> refusal(Person person) {
    return done(!person.roles().isEmpty() && areRoles(person.roles()), IdentityClause.INVALID_ROLES)
        .or(() -> done(Attributes.areValid(person.attributes()), IdentityClause.INVALID_ATTRIBUTES));
  }

  private static Optional<IdentityClause> refusal(Client client) {
    return done(areRoles(client.roles()) && !(client.roles().isEmpty() && client.redirectUris().isEmpty()),
        IdentityClause.INVALID_ROLES)
        .or(() -> done(Attributes.areValid(client.attributes()), IdentityClause.INVALID_ATTRIBUTES))
        .or(() -> done(client.redirectUris().size() <= MOST_PLACES
            && client.redirectUris().stream().allMatch(Names::isRedirectUri), IdentityClause.INVALID_REDIRECT_URI));
  }

  /** A client that anybody can be has no roles of its own. */
  private static Optional<IdentityClause> refusal(Client client, Credential credential) {
    boolean nothing = credential.secret().isEmpty() && credential.jwk().isEmpty();
    return done(!nothing || client.roles().isEmpty(), IdentityClause.INVALID_ROLES)
        .or(() -> done(credential.secret().isEmpty() || credential.jwk().isEmpty(), IdentityClause.INVALID_KEY))
        .or(() -> done(credential.secret().map(text -> SECRET.matcher(text).matches()).orElse(true),
            IdentityClause.INVALID_SECRET))
        .or(() -> done(credential.jwk().map(ClientKey::isUsable).orElse(true), IdentityClause.INVALID_KEY));
  }

  private Optional<IdentityClause> unfit(String name, String password) {
    return start.settings().passwords().refuse(name, PasswordPolicy.normalized(password))
        .map(clause -> IdentityClause.UNFIT_PASSWORD);
  }

  private static boolean areRoles(List<String> roles) {
    return Roles.GRANTABLE.containsAll(roles) && new HashSet<>(roles).size() == roles.size();
  }

  private SecretHash hash(String secret) {
    return new ClientStore(database).hash(PasswordPolicy.normalized(secret), start.settings().iterations());
  }

  private static Optional<IdentityClause> done(boolean done, IdentityClause otherwise) {
    return done ? Optional.empty() : Optional.of(otherwise);
  }
}
