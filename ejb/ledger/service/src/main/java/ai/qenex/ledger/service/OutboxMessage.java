package ai.qenex.ledger.service;

import java.time.Instant;
import java.util.UUID;

/**
 * News for another system.
 *
 * @param eventId stays the same however often it is sent: consumers and broker know repetitions by it
 * @param destination name of the queue or topic, without {@code java:/jms/}
 * @param correlationId what it belongs to, in words of the sender
 * @param body UTF-8 text
 */
record OutboxMessage(UUID eventId, String destination, String correlationId, Instant occurredAt, byte[] body) {}
