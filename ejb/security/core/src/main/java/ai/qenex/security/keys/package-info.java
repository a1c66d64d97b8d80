/**
 * The rules of keeping keys: which suite may sign until when ({@code SuitePolicy}), how sealed bytes are laid out
 * ({@code SealedForm}), and the port behind which private keys are safe ({@code KeyGuard}), in software or in a token.
 */
package ai.qenex.security.keys;
