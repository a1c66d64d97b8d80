package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What {@link TokenCheck} keeps and {@link KnownCallers} looks up. */
@ApplicationScoped
public class RecentTokens {

  private static final int MAX_SECONDS = 3_600;

  @Inject
  @ConfigProperty(name = "qenex.token.verified-seconds", defaultValue = "60") private int seconds;

  private VerifiedTokens verified;

  @PostConstruct
  void begin() {
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.token.verified-seconds must be 0 to " + MAX_SECONDS);
    }
    verified = new VerifiedTokens(Duration.ofSeconds(seconds), InstantSource.system());
  }

  VerifiedTokens verified() {
    return verified;
  }
}
