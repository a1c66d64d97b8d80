/**
 * Who may do what: the roles of the bank's people and programs, the caller as a value, and the issuer of development
 * tokens.
 *
 * <p>
 * Roles arrive in the {@code groups} claim of a JWT (MicroProfile JWT) and are enforced on the JAX-RS resources and
 * again on the EJBs. In production a bank's OIDC provider issues the tokens; {@link ai.qenex.security.TokenIssuer} then
 * refuses.
 *
 * <p>
 * And how to sign: {@link ai.qenex.security.SignatureSuites} names the suites, a
 * {@link ai.qenex.security.MessageSigner} holds a key, and the {@link ai.qenex.security.KeyService} keeps the bank's
 * keys through {@link ai.qenex.security.KeyState} and rotation.
 *
 * <p>
 * And who did what: {@link ai.qenex.security.AuditTrail} takes an {@link ai.qenex.security.AuditEvent} into the audit
 * log, {@link ai.qenex.security.AuditLog} reads and proves it.
 */
package ai.qenex.security;
