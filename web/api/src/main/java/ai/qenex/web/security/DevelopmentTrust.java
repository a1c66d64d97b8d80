package ai.qenex.web.security;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets MicroProfile JWT verify the development issuer's tokens against our own key set, unless the profile is
 * production. The key set is read over HTTP at the first token, when the issuer runs for sure, and again when an
 * unknown key id turns up. Every value here gives way to system properties, environment and the war's own file, so that
 * a bank's provider is a matter of configuration.
 *
 * <p>
 * Pinned besides the issuer: audience and algorithm; expiry is always checked.
 */
public class DevelopmentTrust implements ConfigSource {

  /** Of the development issuer, as it stands in its tokens. */
  static final String ISSUER = "urn:qenex:development";

  private static final int BELOW_EVERY_OTHER_SOURCE = 50;

  private final Map<String, String> values = values(
      setting("qenex.profile", "development"), setting("qenex.http.port", "8080"));

  static Map<String, String> values(String profile, String httpPort) {
    if (!profile.equals("development")) {
      return Map.of();
    }
    return Map.of("mp.jwt.verify.issuer", ISSUER, "mp.jwt.verify.audiences", "qenex-api",
        "mp.jwt.verify.publickey.algorithm", "RS256",
        "mp.jwt.verify.publickey.location", "http://127.0.0.1:" + httpPort + "/oauth2/jwks");
  }

  /** As MicroProfile Config would read it; a source cannot ask the configuration that it is part of. */
  private static String setting(String property, String absent) {
    String environment = System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'));
    return System.getProperty(property, environment == null ? absent : environment);
  }

  @Override
  public Set<String> getPropertyNames() {
    return values.keySet();
  }

  @Override
  public String getValue(String property) {
    return values.get(property);
  }

  @Override
  public String getName() {
    return "QENEX development issuer";
  }

  @Override
  public int getOrdinal() {
    return BELOW_EVERY_OTHER_SOURCE;
  }
}
