/**
 * The bank over HTTP: one JAX-RS application at the root of its origin. Each resource lives with its topic in a package
 * below; {@code security} has tokens and what anonymous callers get to hear, {@code health} what the platform asks.
 */
package ai.qenex.web;
