/** Compact JSON Web Encryption with a hybrid key encapsulation, as pure functions of keys, bytes and randomness. */
package ai.qenex.security.payload;
