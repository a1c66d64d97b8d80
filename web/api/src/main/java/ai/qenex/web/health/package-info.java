/**
 * What the platform asks before it sends requests: alive, and ready. Open to everyone, and telling no more than names.
 */
package ai.qenex.web.health;
