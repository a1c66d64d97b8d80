package ai.qenex.web;

import ai.qenex.security.Roles;
import jakarta.annotation.security.DeclareRoles;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/**
 * Everything at one origin. Each resource says its whole path, so that a reader finds {@code /api/v1/transfers} by
 * searching for it.
 */
@ApplicationPath("/")
@LoginConfig(authMethod = "MP-JWT")
@DeclareRoles({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@SecurityScheme(securitySchemeName = "token", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT")
@OpenAPIDefinition(info = @Info(title = "QENEX", version = "1", description = QenexApplication.CONVENTIONS))
@SecurityRequirement(name = "token")
public class QenexApplication extends Application {

  static final String CONVENTIONS = "A bank's ledger, payments and settlement. Amounts are decimal strings, "
      + "instants ISO-8601 UTC. Errors are RFC 9457 problems with a stable code. "
      + "An Idempotency-Key header makes every POST safe to repeat.";
}
