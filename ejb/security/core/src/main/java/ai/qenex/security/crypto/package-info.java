/**
 * Every cryptographic primitive of the bank, and the only place that calls one: signature suites (RFC 8032, FIPS 204,
 * FIPS 205, FIPS 186-5), authenticated encryption (NIST SP 800-38D), message authentication and key derivation (RFC
 * 2104, RFC 5869), and a hybrid key encapsulation (FIPS 203 with RFC 7748). Pure functions of bytes: who draws random
 * bytes, keeps keys and decides which suite counts is elsewhere.
 */
package ai.qenex.security.crypto;
