package ai.qenex.security;

import ai.qenex.kernel.Hash;
import java.time.Instant;

/**
 * A record of the audit log.
 *
 * @param seq its number, from 1 without gaps
 * @param at when it was written, to the microsecond, never before the record in front of it
 * @param previous hash of the record in front of it, {@link Hash#NOTHING} for the first
 * @param node that wrote it
 * @param hash SHA-256 of a zero byte and its canonical form: its leaf in the tree (RFC 9162 §2.1.1)
 */
public record AuditRecord(long seq, Instant at, Hash previous, String node, AuditEvent event, Hash hash) {}
