package ai.qenex.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The people and programs that the embedded issuer knows, for administrators. Names are unique over both, since a token
 * carries nothing else. All refuse {@link IdentityClause#ISSUER_DISABLED} where a bank's provider issues the tokens.
 */
public interface Identities {

  /** Of one answer. */
  int MAX_LISTED = 1_000;

  List<Person> people();

  Optional<Person> person(String name);

  /** A new person with a password to be changed at the first login. Empty: done. */
  Optional<IdentityClause> addPerson(String administrator, Person person, String password);

  /** Roles, attributes and whether enabled; the name says who. */
  Optional<IdentityClause> changePerson(String administrator, Person person);

  /** Another password, to be changed at the next login; ends a lock-out as well. */
  Optional<IdentityClause> resetPassword(String administrator, String name, String password);

  List<Client> clients();

  Optional<Client> client(String id);

  Optional<IdentityClause> addClient(String administrator, Client client, Credential credential);

  Optional<IdentityClause> changeClient(String administrator, Client client);

  Optional<IdentityClause> renewCredential(String administrator, String id, Credential credential);

  /**
   * @param attributes become claims of the same name, such as {@code branch} and {@code limit}
   */
  record Person(String name, List<String> roles, Map<String, String> attributes, boolean enabled) {

    public Person {
      roles = List.copyOf(roles);
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * @param roles of the tokens it gets for itself; none for one that only logs people in
   * @param redirectUris where people come back to; none for one that logs nobody in
   */
  record Client(
      String id,
      List<String> roles,
      List<String> redirectUris,
      Map<String, String> attributes,
      boolean enabled) {

    public Client {
      roles = List.copyOf(roles);
      redirectUris = List.copyOf(redirectUris);
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * What a client proves itself with: a secret, a public key ({@code private_key_jwt}), or nothing (a public client,
   * which PKCE protects).
   *
   * @param secret empty: none
   * @param jwk a JSON Web Key with an EC P-256 or Ed25519 public key; empty: none
   */
  record Credential(Optional<String> secret, Optional<String> jwk) {

    /** Never the secret. */
    @Override
    public String toString() {
      return "Credential";
    }
  }
}
