package ai.qenex.security.service.audit;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.Profile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How the audit log is written.
 *
 * @param enabled false takes nothing and keeps nothing: for measuring what the log costs, in development only
 * @param node that writes
 * @param synchronous whether an intent is on disk before its action, and not only before the action's own commit
 * @param queued most records that may wait
 * @param patience how long a caller waits for its record
 * @param headEvery least time between two signed heads
 * @param folder that copies of the heads are appended to
 */
public record AuditSettings(boolean enabled, String node, boolean synchronous, int queued, Duration patience,
    Duration headEvery, Path folder) {

  private static final int MOST_QUEUED = 1_000_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  public AuditSettings {
    if (queued < 1 || queued > MOST_QUEUED) {
      throw new IllegalArgumentException("queued-records must be 1 to " + MOST_QUEUED);
    }
    requireShort("patience-millis", patience);
    requireShort("head-millis", headEvery);
  }

  private static void requireShort(String name, Duration duration) {
    if (duration.toMillis() < 1 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be 1 to " + LONGEST.toMillis());
    }
  }

  static AuditSettings defaults(Path folder) {
    return new AuditSettings(true, "qenex1", false, 20_000, Duration.ofSeconds(5), Duration.ofSeconds(1), folder);
  }

  /** @throws QenexException {@code INVALID_CONFIGURATION} with the property that is wrong */
  static AuditSettings read(Config config, Profile profile) {
    String data = config.getOptionalValue("qenex.data", String.class)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".qenex").toString());
    try {
      AuditSettings defaults = defaults(Path.of(text(config, "qenex.audit.folder", data + "/audit")));
      var settings = new AuditSettings(flag(config, "qenex.audit.enabled", true),
          text(config, "qenex.node", defaults.node), flag(config, "qenex.audit.synchronous", false),
          number(config, "qenex.audit.queued-records", defaults.queued),
          Duration.ofMillis(number(config, "qenex.audit.patience-millis", (int) defaults.patience.toMillis())),
          Duration.ofMillis(number(config, "qenex.audit.head-millis", (int) defaults.headEvery.toMillis())),
          defaults.folder);
      if (!settings.enabled && profile == Profile.PRODUCTION) {
        throw new IllegalArgumentException("enabled must be true under qenex.profile=production");
      }
      return settings;
    } catch (InvalidPathException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.audit.folder is not a folder name", e);
    } catch (IllegalArgumentException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.audit: " + e.getMessage(), e);
    }
  }

  private static String text(Config config, String name, String otherwise) {
    return config.getOptionalValue(name, String.class).orElse(otherwise);
  }

  private static boolean flag(Config config, String name, boolean otherwise) {
    String text = text(config, name, Boolean.toString(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(name + " must be true or false");
    }
    return text.equals("true");
  }

  private static int number(Config config, String name, int otherwise) {
    String text = text(config, name, Integer.toString(otherwise));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no whole number: " + text, e);
    }
  }
}
