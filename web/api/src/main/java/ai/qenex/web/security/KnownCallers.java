package ai.qenex.web.security;

import ai.qenex.web.security.VerifiedTokens.Verified;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.security.auth.message.config.ClientAuthConfig;
import jakarta.security.auth.message.config.ServerAuthConfig;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;

/**
 * Stands in front of the server's own bridge to the token check (Jakarta Authentication 3.0, servlet container profile)
 * and tells the server who calls where that is known from a moment ago. All else is the bridge's: it looks the
 * mechanism up by name and makes an exception with its stack twice per request, which costs more than what the
 * mechanism does with a known token.
 */
final class KnownCallers implements AuthConfigProvider {

  private static final String KNOWN = "ai.qenex.caller-known";

  private final AuthConfigProvider bridge;
  private final VerifiedTokens verified;

  KnownCallers(AuthConfigProvider bridge, VerifiedTokens verified) {
    this.bridge = bridge;
    this.verified = verified;
  }

  @Override
  public ClientAuthConfig getClientAuthConfig(String layer, String application, CallbackHandler handler)
      throws AuthException {
    return bridge.getClientAuthConfig(layer, application, handler);
  }

  @Override
  public ServerAuthConfig getServerAuthConfig(String layer, String application, CallbackHandler handler)
      throws AuthException {
    ServerAuthConfig config = bridge.getServerAuthConfig(layer, application, handler);
    return handler == null ? config : new Config(config, handler, verified);
  }

  @Override
  public void refresh() {
    bridge.refresh();
  }

  private record Config(ServerAuthConfig bridge, CallbackHandler handler,
      VerifiedTokens verified) implements ServerAuthConfig {

    @Override
    public ServerAuthContext getAuthContext(String id, Subject service, Map<String, Object> properties)
        throws AuthException {
      return new Context(bridge.getAuthContext(id, service, properties), handler, verified);
    }

    @Override
    public String getAuthContextID(MessageInfo message) {
      return bridge.getAuthContextID(message);
    }

    @Override
    public String getMessageLayer() {
      return bridge.getMessageLayer();
    }

    @Override
    public String getAppContext() {
      return bridge.getAppContext();
    }

    @Override
    public boolean isProtected() {
      return bridge.isProtected();
    }

    @Override
    public void refresh() {
      bridge.refresh();
    }
  }

  private record Context(ServerAuthContext bridge, CallbackHandler handler,
      VerifiedTokens verified) implements ServerAuthContext {

    @Override
    public AuthStatus validateRequest(MessageInfo message, Subject caller, Subject service) throws AuthException {
      var request = (HttpServletRequest) message.getRequestMessage();
      Optional<Verified> known = TokenCheck.tokenOf(request).flatMap(verified::find);
      if (known.isEmpty()) {
        return bridge.validateRequest(message, caller, service);
      }
      tell(known.get(), caller);
      request.setAttribute(KNOWN, true);
      return AuthStatus.SUCCESS;
    }

    private void tell(Verified known, Subject caller) throws AuthException {
      try {
        handler.handle(new Callback[] {new CallerPrincipalCallback(caller, known.bearer()),
            new GroupPrincipalCallback(caller, known.groups().toArray(new String[0]))});
      } catch (IOException | UnsupportedCallbackException e) {
        throw new AuthException("the server does not take a known caller", e);
      }
    }

    /** The mechanism adds nothing to the answer to a caller whom it was not asked about. */
    @Override
    public AuthStatus secureResponse(MessageInfo message, Subject service) throws AuthException {
      boolean known = ((HttpServletRequest) message.getRequestMessage()).getAttribute(KNOWN) != null;
      return known ? AuthStatus.SEND_SUCCESS : bridge.secureResponse(message, service);
    }

    @Override
    public void cleanSubject(MessageInfo message, Subject subject) throws AuthException {
      bridge.cleanSubject(message, subject);
    }
  }
}
