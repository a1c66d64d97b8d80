package ai.qenex.web.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import org.junit.jupiter.api.Test;

/** The server's parts are answered for by proxies; what is proven on a whole server is in EndpointRolesIT. */
class KnownCallersTest {

  private static final Instant START = Instant.parse("2027-03-01T08:00:00Z");
  private static final Principal TELLER = () -> "teller";

  private Instant now = START;
  private final VerifiedTokens tokens = new VerifiedTokens(Duration.ofSeconds(60), () -> now);
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  @Test
  void letsInWhomTheMechanismLetInAMomentAgo() throws AuthException {
    tokens.remember("good", TELLER, Set.of("teller"), START.plusSeconds(3_600));
    assertEquals(AuthStatus.SUCCESS, call("Bearer good"));
    assertEquals(List.of("teller", "[teller]"), told);
    assertEquals(List.of(), asked);
  }

  @Test
  void leavesEveryoneElseToTheMechanism() throws AuthException {
    tokens.remember("good", TELLER, Set.of("teller"), START.plusSeconds(3_600));
    call();
    call("Bearer goo");
    call("Bearer good ");
    call("bearer good");
    call("Basic good");
    call("Bearer good", "Bearer good");
    now = START.plusSeconds(60);
    call("Bearer good");
    assertEquals(7 * 2, asked.size(), asked.toString());
    assertEquals(List.of(), told);
  }

  @Test
  void refusesWhomTheServerDoesNotTake() {
    tokens.remember("good", TELLER, Set.of("teller"), START.plusSeconds(3_600));
    assertThrows(AuthException.class, () -> call(callbacks -> {
      throw new IOException("no such caller");
    }, "Bearer good"));
  }

  private AuthStatus call(String... authorization) throws AuthException {
    return call(this::note, authorization);
  }

  private AuthStatus call(CallbackHandler handler, String... authorization) throws AuthException {
    ServerAuthContext context = new KnownCallers(bridge(), tokens).getServerAuthConfig("HttpServlet", "bank", handler)
        .getAuthContext("", null, Map.of());
    MessageInfo message = message(authorization);
    AuthStatus status = context.validateRequest(message, new Subject(), null);
    context.secureResponse(message, null);
    return status;
  }

  private void note(Callback... callbacks) {
    for (Callback callback : callbacks) {
      if (callback instanceof CallerPrincipalCallback caller) {
        told.add(caller.getPrincipal().getName());
      } else if (callback instanceof GroupPrincipalCallback groups) {
        told.add(List.of(groups.getGroups()).toString());
      }
    }
  }

  /** Turns everybody away and remembers that it was asked. */
  private AuthConfigProvider bridge() {
    ServerAuthContext context = proxy(ServerAuthContext.class, (name, arguments) -> {
      asked.add(name);
      return AuthStatus.SEND_FAILURE;
    });
    ServerAuthConfig config = proxy(ServerAuthConfig.class, (name, arguments) -> context);
    return proxy(AuthConfigProvider.class, (name, arguments) -> config);
  }

  private static MessageInfo message(String... authorization) {
    Map<Object, Object> attributes = new HashMap<>();
    HttpServletRequest request = proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
      case "getHeaders" -> Collections.enumeration(List.of(authorization));
      case "getAttribute" -> attributes.get(arguments[0]);
      case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
      default -> throw new IllegalStateException(name);
    });
    return proxy(MessageInfo.class, (name, arguments) -> request);
  }

  private interface Answer {
    Object to(String name, Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
        (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
