/**
 * Tokens over HTTP: the development issuer's endpoints, the trust in its key, and what callers without a valid token
 * get to hear.
 */
package ai.qenex.web.security;
