package ai.qenex.security.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** How people, clients and the places they come back to may be called. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int LONGEST_URI = 500;

  private Names() {}

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Absolute, https or on this machine, without a fragment (RFC 6749 section 3.1.2, RFC 8252 section 7.3). */
  static boolean isRedirectUri(String text) {
    if (text.length() > LONGEST_URI) {
      return false;
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && uri.getFragment() == null && uri.getUserInfo() == null
          && ("https".equals(uri.getScheme()) || isLoopback(uri));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The same text; of a program on this machine the port may differ, since it takes a free one. */
  static boolean isSamePlace(String registered, String asked) {
    if (registered.equals(asked)) {
      return true;
    }
    if (!isRedirectUri(asked)) {
      return false;
    }
    URI one = URI.create(registered);
    URI other = URI.create(asked);
    return isLoopback(one) && isLoopback(other) && one.getHost().equals(other.getHost())
        && String.valueOf(one.getRawPath()).equals(String.valueOf(other.getRawPath()))
        && String.valueOf(one.getRawQuery()).equals(String.valueOf(other.getRawQuery()));
  }

  private static boolean isLoopback(URI uri) {
    return "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost().toLowerCase(Locale.ROOT));
  }
}
