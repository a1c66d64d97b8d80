/** Envelopes of documents: opened by the key service's keys, sealed to keys that clients registered. */
package ai.qenex.security.service.payload;
