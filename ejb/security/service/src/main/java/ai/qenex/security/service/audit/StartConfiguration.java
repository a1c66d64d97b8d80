package ai.qenex.security.service.audit;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What somebody set for this start: every {@code qenex.*} and {@code mp.jwt.*} property, never a secret's value. */
final class StartConfiguration {

  private static final Pattern OURS = Pattern.compile("(qenex|mp\\.jwt)\\..*");
  private static final Pattern SECRET = Pattern.compile(".*(password|secret|pin|credential|passphrase).*");
  private static final String HIDDEN = "(hidden)";

  private final Map<String, String> values = new TreeMap<>();

  StartConfiguration(Properties properties, Map<String, String> environment) {
    environment.forEach((name, value) -> put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
    properties.stringPropertyNames().forEach(name -> put(name, properties.getProperty(name)));
  }

  private void put(String name, String value) {
    if (OURS.matcher(name).matches()) {
      values.put(name, SECRET.matcher(name).matches() ? HIDDEN : value);
    }
  }

  /** One property per line, in order. */
  String text() {
    return String.join("\n", values.entrySet().stream().map(one -> one.getKey() + "=" + one.getValue()).toList());
  }

  /** @param before the text at the last start of this node, empty at its first */
  AuditEvent event(String node, String before) {
    Set<String> changed = new TreeSet<>(lines(text()));
    Set<String> old = lines(before);
    Set<String> gone = new TreeSet<>(old);
    gone.removeAll(changed);
    changed.removeAll(old);
    changed.addAll(gone);
    String names = String.join(" ", new TreeSet<>(changed.stream().map(line -> line.split("=", 2)[0]).toList()));
    return node(node, "start").because(before.isEmpty() ? "first start" : "changed: " + names).changing(before, text());
  }

  static AuditEvent node(String node, String action) {
    return AuditEvent.of(action.equals("start") ? AuditKind.CONFIGURATION : AuditKind.NODE, action,
        new AuditSubject("node", node), AuditOutcome.SUCCEEDED).by(AuditOrigin.service("node", ""));
  }

  private static Set<String> lines(String text) {
    return text.isEmpty() ? Set.of() : new TreeSet<>(List.copyOf(Arrays.asList(text.split("\n"))));
  }
}
