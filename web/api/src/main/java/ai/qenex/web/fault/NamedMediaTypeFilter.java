package ai.qenex.web.fault;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * A body says what it is. A wildcard would match whatever a resource takes, and the server would choose how to read it.
 */
@Provider
public class NamedMediaTypeFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    MediaType type = request.getMediaType();
    if (type != null && (type.isWildcardType() || type.isWildcardSubtype())) {
      throw new NotSupportedException("a body's media type has no wildcard");
    }
  }
}
