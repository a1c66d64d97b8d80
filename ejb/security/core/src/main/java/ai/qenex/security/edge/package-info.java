/**
 * Rules of the edge: which request a signature stands for (RFC 9421, RFC 9530), and which proof of possession belongs
 * to a token (RFC 9449). Pure functions; keys, nonces and the clock are the service's.
 */
package ai.qenex.security.edge;
