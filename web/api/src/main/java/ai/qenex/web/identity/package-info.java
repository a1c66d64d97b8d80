/** The people and clients that the embedded issuer knows, for administrators. */
package ai.qenex.web.identity;
