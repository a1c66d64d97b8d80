/**
 * Proofs that a request is its sender's own: keys that requests are signed with, and what may be used only once, in
 * tables {@code security.request_key} and {@code security.used_nonce}.
 */
package ai.qenex.security.service.edge;
