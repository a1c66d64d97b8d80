package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.SignatureSuites;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How the log is sealed.
 *
 * @param rangeEntries a range ends at the latest with an entry whose number is a multiple of this
 * @param delay how long after its first entry a range is sealed while little comes
 * @param suite of the key in a file, where no key service signs
 * @param keyFolder where that key is, or was before there was a key service
 */
public record SealSettings(int rangeEntries, Duration delay, String suite, Path keyFolder) {

  static final int MAX_RANGE_ENTRIES = 1 << 20;

  public SealSettings {
    if (rangeEntries < 1 || rangeEntries > MAX_RANGE_ENTRIES) {
      throw new IllegalArgumentException("range entries must be 1 to " + MAX_RANGE_ENTRIES);
    }
    if (delay.isNegative() || delay.isZero()) {
      throw new IllegalArgumentException("the delay must be more than nothing");
    }
    if (!SignatureSuites.names().contains(suite)) {
      throw new IllegalArgumentException("the suite is none of " + String.join(", ", SignatureSuites.names()));
    }
  }

  public static SealSettings defaults(Path keyFolder) {
    return new SealSettings(50_000, Duration.ofSeconds(2), "Ed25519", keyFolder);
  }

  /** @throws QenexException {@code INVALID_CONFIGURATION} with the property that is wrong */
  static SealSettings read(Config config) {
    SealSettings defaults = defaults(Path.of("seal"));
    String data = config.getOptionalValue("qenex.data", String.class)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".qenex").toString());
    String folder = config.getOptionalValue("qenex.seal.key-folder", String.class).orElse(data + "/keys");
    try {
      return new SealSettings(
          LedgerConfiguration.number(config, "qenex.seal.range-entries", defaults.rangeEntries),
          Duration.ofMillis(
              LedgerConfiguration.number(config, "qenex.seal.delay-millis", (int) defaults.delay.toMillis())),
          defaults.suite, Path.of(folder));
    } catch (InvalidPathException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.seal.key-folder is not a folder name", e);
    } catch (IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.seal: " + e.getMessage(), e);
    }
  }
}
