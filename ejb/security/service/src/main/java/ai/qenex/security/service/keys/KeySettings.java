package ai.qenex.security.service.keys;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.Profile;
import ai.qenex.security.crypto.AesGcm;
import ai.qenex.security.keys.KeyGuard;
import ai.qenex.security.keys.SoftwareGuard;
import ai.qenex.security.keys.SuitePolicy;
import ai.qenex.security.service.keys.KeyRegistry.Guards;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Reads {@code qenex.keys.*}. */
final class KeySettings {

  private static final int MOST_RELOAD_SECONDS = 3_600;

  private final Config config;
  private final Profile profile;

  KeySettings(Config config, Profile profile) {
    this.config = config;
    this.profile = profile;
  }

  SuitePolicy policy() {
    Map<KeyPurpose, String> suites = new EnumMap<>(KeyPurpose.class);
    for (KeyPurpose purpose : KeyPurpose.values()) {
      if (purpose.use() == KeyPurpose.Use.SIGN) {
        text("qenex.keys." + purpose.text() + ".suite").ifPresent(suite -> suites.put(purpose, suite));
      }
    }
    return new SuitePolicy(text("qenex.keys.sign-suites").orElse(""), text("qenex.keys.verify-suites").orElse(""),
        suites);
  }

  Duration reload() {
    return Duration.ofSeconds(number("qenex.keys.reload-seconds", 5, MOST_RELOAD_SECONDS));
  }

  /** @throws QenexException {@code INVALID_CONFIGURATION} if there is no key-encrypting key and none may be made */
  Guards guards() {
    Optional<KeyGuard> former = kek("qenex.keys.former-kek").map(KeySettings::software);
    String guard = text("qenex.keys.guard").orElse("software");
    return switch (guard) {
      case "software" -> new Guards(software(kek("qenex.keys.kek").orElseGet(this::developmentKek)), former);
      case "pkcs11" -> new Guards(token(), former);
      default -> throw wrong("qenex.keys.guard must be software or pkcs11, not '" + guard + "'");
    };
  }

  private static KeyGuard software(byte[] kek) {
    return new SoftwareGuard(kek, new SecureRandom());
  }

  private KeyGuard token() {
    return new Pkcs11Token(new Pkcs11Token.Access(
        text("qenex.keys.pkcs11.library").orElseThrow(() -> wrong("qenex.keys.guard=pkcs11 needs"
            + " qenex.keys.pkcs11.library, the vendor's shared library")),
        number("qenex.keys.pkcs11.slot-index", 0, Integer.MAX_VALUE),
        text("qenex.keys.pkcs11.pin").orElseThrow(() -> wrong("qenex.keys.guard=pkcs11 needs qenex.keys.pkcs11.pin")),
        text("qenex.keys.pkcs11.kek-label").orElse("qenex-kek")));
  }

  private byte[] developmentKek() {
    if (profile == Profile.PRODUCTION) {
      throw wrong("qenex.profile=production needs qenex.keys.kek (32 bytes in Base64, best from the environment as"
          + " QENEX_KEYS_KEK) or qenex.keys.guard=pkcs11");
    }
    String data = text("qenex.data").orElseGet(() -> Path.of(System.getProperty("user.home"), ".qenex").toString());
    return DevelopmentKek.readOrMake(Path.of(text("qenex.keys.folder").orElse(data + "/keys")));
  }

  private Optional<byte[]> kek(String property) {
    return text(property).map(value -> {
      try {
        byte[] key = Base64.getDecoder().decode(value.strip());
        if (key.length == AesGcm.KEY_BYTES) {
          return key;
        }
        throw wrong(property + " must be 32 bytes in Base64, it has " + key.length);
      } catch (IllegalArgumentException e) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION, property + " is not Base64", e);
      }
    });
  }

  private int number(String property, int usual, int most) {
    String text = text(property).orElse(Integer.toString(usual));
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, property + " is no number: " + text, e);
    }
    throw wrong(property + " must be 0 to " + most + ", not " + text);
  }

  private Optional<String> text(String property) {
    return config.getOptionalValue(property, String.class);
  }

  private static QenexException wrong(String message) {
    return new QenexException(ErrorCode.INVALID_CONFIGURATION, message);
  }
}
