/**
 * Rules of proving who one is, as pure functions: when guessing is paused, which passwords are fit, what a code of the
 * moment, a code exchange and a recovery code have to be. Beans bring the clock, the dice and the tables.
 */
package ai.qenex.security.identity;
