/**
 * Tokens over HTTP (the development issuer's endpoints, the trust in its key, what callers without a valid token get to
 * hear) and the limits of the edge.
 *
 * <p>
 * A request meets them in this order. By the server: the token check ({@link ai.qenex.web.security.KnownCallers}, then
 * {@link ai.qenex.web.security.TokenCheck}). By servlet filters in the order of web.xml, because only there the order
 * is certain and a filter sees the whole of a request, its streamed answer included: {@code Correlation},
 * {@link ai.qenex.web.security.AnswerHeaders}, {@link ai.qenex.web.security.OverloadGuard},
 * {@link ai.qenex.web.security.RateLimits}, {@code AuditedRequests}, {@link ai.qenex.web.security.BodyPace}. By JAX-RS
 * filters in the order of their priorities: roles, request signature, step-up, approval, and last {@code AuditIntents}:
 * what turns requests away stands before it, so that an intent means what it says.
 */
package ai.qenex.web.security;
