/**
 * The key service at work: keys in table {@code security.key}, their private parts behind a guard in software or in a
 * PKCS #11 token, what is known of them in memory.
 */
package ai.qenex.security.service.keys;
