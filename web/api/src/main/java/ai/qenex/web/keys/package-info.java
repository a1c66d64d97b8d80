/**
 * The bank's keys over HTTP: what administrators rotate and auditors see. No private key ever leaves the key service.
 */
package ai.qenex.web.keys;
