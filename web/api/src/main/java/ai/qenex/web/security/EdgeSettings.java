package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The limits at the edge, read and judged at start. */
@ApplicationScoped
public class EdgeSettings {

  private static final Pattern OWN_RATE = Pattern.compile("([^=,\\s]{1,200})=([0-9]{1,7})");
  private static final long MAX_PER_SECOND = 1_000_000;

  @Inject private Config config;

  private Limits limits;

  /**
   * @param shortRequests how many may be in hand
   * @param streams of them that may last minutes
   * @param operators places kept for those who run the bank
   * @param pace of a body
   * @param rates of callers
   */
  record Limits(AdaptiveLimit.Bounds shortRequests, int streams, int operators, BodyPace.Pace pace, Rates rates) {}

  /**
   * @param user of one token's user
   * @param client of one client program, for all its users
   * @param address of one address without a token
   * @param tokens requests for tokens from one address
   * @param own of users and clients that have one of their own
   */
  record Rates(ClientBuckets.Rate user, ClientBuckets.Rate client, ClientBuckets.Rate address,
      ClientBuckets.Rate tokens, Map<String, ClientBuckets.Rate> own) {}

  @PostConstruct
  void read() {
    limits = read(name -> config.getOptionalValue(name, String.class).orElse(""));
  }

  /** Makes this bean at start, so that a wrong value is refused then. */
  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    limits();
  }

  Limits limits() {
    return limits;
  }

  /**
   * @param property empty for one that is not set
   * @throws QenexException INVALID_CONFIGURATION naming the first wrong value
   */
  static Limits read(UnaryOperator<String> property) {
    Source source = new Source(property);
    int most = (int) source.number("qenex.edge.requests-most", 48, 1, 10_000);
    var bounds = new AdaptiveLimit.Bounds((int) source.number("qenex.edge.requests-least", Math.min(16, most), 1, most),
        most, source.number("qenex.edge.requests-target-millis", 1_000, 1, 60_000) * 1_000_000);
    return new Limits(bounds, (int) source.number("qenex.edge.streams-most", 24, 1, 1_000),
        (int) source.number("qenex.edge.operators-most", 8, 1, 100),
        new BodyPace.Pace(source.number("qenex.edge.body-grace-millis", 10_000, 1, 600_000) * 1_000_000,
            source.number("qenex.edge.body-bytes-per-second", 500, 1, 1_000_000),
            source.number("qenex.http.max-body-bytes", 1L << 30, 1, 1L << 40),
            source.number("qenex.edge.form-bytes", 16_384, 1_024, 1_048_576)),
        new Rates(source.rate("qenex.edge.rate-user", 20_000), source.rate("qenex.edge.rate-client", 20_000),
            source.rate("qenex.edge.rate-address", 200), source.rate("qenex.edge.rate-tokens", 20),
            source.ownRates("qenex.edge.rate-own")));
  }

  private record Source(UnaryOperator<String> property) {

    long number(String name, long absent, long least, long most) {
      String text = property.apply(name).strip();
      if (text.isEmpty()) {
        return absent;
      }
      long value = text.matches("[0-9]{1,13}") ? Long.parseLong(text) : -1;
      if (value < least || value > most) {
        throw new QenexException(ErrorCode.INVALID_CONFIGURATION, name + " must be " + least + " to " + most);
      }
      return value;
    }

    ClientBuckets.Rate rate(String name, long absent) {
      return ClientBuckets.Rate.of(number(name, absent, 1, MAX_PER_SECOND));
    }

    Map<String, ClientBuckets.Rate> ownRates(String name) {
      Map<String, ClientBuckets.Rate> rates = new LinkedHashMap<>();
      for (String entry : property.apply(name).split(",")) {
        var pair = OWN_RATE.matcher(entry.strip());
        long perSecond = pair.matches() ? Long.parseLong(pair.group(2)) : 0;
        if (!entry.isBlank() && (perSecond < 1 || perSecond > MAX_PER_SECOND)) {
          throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
              name + " holds " + entry.strip() + ", which is not name=requests per second");
        }
        if (!entry.isBlank()) {
          rates.put(pair.group(1), ClientBuckets.Rate.of(perSecond));
        }
      }
      return rates;
    }
  }
}
