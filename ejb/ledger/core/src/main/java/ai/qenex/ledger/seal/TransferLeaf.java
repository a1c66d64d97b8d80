package ai.qenex.ledger.seal;

import ai.qenex.kernel.Amount;
import ai.qenex.ledger.LedgerEntry.TransferPosted;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/**
 * A transfer as a leaf of the log's Merkle tree (RFC 9162 §2.1.1): SHA-256 over a zero byte and the canonical form.
 *
 * <p>
 * The canonical form, version 1, is these fields one after the other; integers are big-endian two's complement, a text
 * is its length in UTF-8 bytes as an unsigned 16-bit integer and then those bytes, an amount is the text of its minor
 * units in plain digits with a minus sign where negative:
 *
 * <ol>
 * <li>version: 1 byte, {@code 0x01}
 * <li>seq: 8 bytes
 * <li>id: the 16 bytes of the UUID
 * <li>booking time: 8 bytes, microseconds since 1970-01-01T00:00:00Z
 * <li>business date, value date: 4 bytes each, days since 1970-01-01
 * <li>debit and credit account number: 8 bytes each
 * <li>asset code: text; asset scale: 1 byte
 * <li>amount, debit balance, credit balance: amounts
 * <li>reference: 1 byte, {@code 0x00} if there is none, else {@code 0x01} and the text
 * </ol>
 *
 * <p>
 * No field is optional without a mark, and every length is stated, so two different transfers never have the same form.
 * Hashes are handed to customers: a form may be added under another version, this one may never change.
 */
public final class TransferLeaf {

  private static final int VERSION = 1;
  private static final byte LEAF = 0;
  private static final int TYPICAL_BYTES = 160;

  private TransferLeaf() {}

  /** The hash as 64 lower-case hex digits. */
  public static String hash(TransferPosted transfer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(LEAF);
      return HexFormat.of().formatHex(digest.digest(canonicalForm(transfer)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The bytes that are hashed, without the leading zero byte of a leaf. */
  public static byte[] canonicalForm(TransferPosted transfer) {
    var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (var out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(transfer.seq());
      out.writeLong(transfer.id().getMostSignificantBits());
      out.writeLong(transfer.id().getLeastSignificantBits());
      out.writeLong(micros(transfer.bookedAt()));
      out.writeInt((int) transfer.businessDate().date().toEpochDay());
      out.writeInt((int) transfer.valueDate().toEpochDay());
      out.writeLong(transfer.debit().value());
      out.writeLong(transfer.credit().value());
      text(transfer.amount().asset().code(), out);
      out.writeByte(transfer.amount().asset().scale());
      amount(transfer.amount().amount(), out);
      amount(transfer.debitBalance(), out);
      amount(transfer.creditBalance(), out);
      out.writeBoolean(transfer.reference().isPresent());
      if (transfer.reference().isPresent()) {
        text(transfer.reference().get(), out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static long micros(Instant instant) {
    return TimeUnit.SECONDS.toMicros(instant.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
  }

  private static void amount(Amount amount, DataOutputStream out) throws IOException {
    text(amount.toString(), out);
  }

  private static void text(String text, DataOutputStream out) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(utf8.length);
    out.write(utf8);
  }
}
