package ai.qenex.web.security;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which calls need more than a token. A call is named by the address's template as the contract publishes it, so that
 * no spelling of an address gets around the policy.
 */
record CallPolicy(List<Rule> rules) {

  private static final Pattern RULE = Pattern.compile("(\\S{1,200}) (GET|POST|PUT|DELETE|\\*) (/\\S*)");

  /**
   * @param user of the token, {@code *} for any
   * @param method {@code *} for any
   * @param template the beginning of the address's template
   */
  record Rule(String user, String method, String template) {

    boolean covers(String caller, String with, String address) {
      return (user.equals("*") || user.equals(caller)) && (method.equals("*") || method.equals(with))
          && address.startsWith(template);
    }
  }

  /**
   * @param property names the list if it is wrong
   * @param list {@code user METHOD /template}, semicolons between
   * @throws QenexException INVALID_CONFIGURATION
   */
  static CallPolicy of(String property, String list) {
    return new CallPolicy(Arrays.stream(list.split(";")).map(String::strip).filter(rule -> !rule.isEmpty())
        .map(rule -> rule(property, rule)).toList());
  }

  private static Rule rule(String property, String text) {
    var rule = RULE.matcher(text);
    if (!rule.matches()) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          property + " holds " + text + ", which is not user METHOD /address");
    }
    return new Rule(rule.group(1), rule.group(2), rule.group(3));
  }

  boolean covers(String user, String method, String template) {
    for (Rule rule : rules) {
      if (rule.covers(user, method, template)) {
        return true;
      }
    }
    return false;
  }
}
