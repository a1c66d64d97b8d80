/**
 * The embedded issuer: demo clients and a signing key in schema {@code security}, tokens signed RS256. {@code
 * SecurityStart} lays the schema, and under the production profile sees to it that nothing of the issuer exists and the
 * bank's provider is configured.
 */
package ai.qenex.security.service;
