package ai.qenex.web.security;

import jakarta.inject.Inject;
import jakarta.security.auth.message.config.AuthConfigFactory;
import jakarta.security.auth.message.config.AuthConfigProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/** Puts {@link KnownCallers} in front of what the server registered for this application, while it runs. */
@WebListener
public class KnownCallersFirst implements ServletContextListener {

  /** Jakarta Authentication 3.0, 3.1 and 3.2: the servlet profile's layer and an application's name in it. */
  private static final String LAYER = "HttpServlet";

  @Inject private RecentTokens recent;

  private String registration;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext application = event.getServletContext();
    String name = application.getVirtualServerName() + " " + application.getContextPath();
    AuthConfigFactory factory = AuthConfigFactory.getFactory();
    AuthConfigProvider bridge = factory.getConfigProvider(LAYER, name, null);
    if (bridge == null) {
      throw new IllegalStateException("the server has no token check for " + name);
    }
    registration = factory.registerConfigProvider(new KnownCallers(bridge, recent.verified()), LAYER, name,
        "callers known from a moment ago");
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (registration != null) {
      AuthConfigFactory.getFactory().removeRegistration(registration);
    }
  }
}
