package ai.qenex.ledger.seal;

import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry.TransferPosted;

/**
 * A transfer as a leaf of the log's Merkle tree (RFC 9162 §2.1.1): SHA-256 over a zero byte and the canonical form.
 *
 * <p>
 * The canonical form of a transfer without a link, version 1, is these fields one after the other; integers are
 * big-endian two's complement, a text is its length in UTF-8 bytes as an unsigned 16-bit integer and then those bytes,
 * an amount is the text of its minor units in plain digits with a minus sign where negative:
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
 * A transfer that captures a hold or undoes another one has form 2, see {@link EntryForm}. Hashes are handed to
 * customers: a form may be added under another version, this one may never change.
 */
public final class TransferLeaf {

  private TransferLeaf() {}

  /** The hash as 64 lower-case hex digits. */
  public static String hash(TransferPosted transfer) {
    return new TreeHash().leaf(canonicalForm(transfer)).toString();
  }

  /** The bytes that are hashed, without the leading zero byte of a leaf. */
  public static byte[] canonicalForm(TransferPosted transfer) {
    return EntryForm.of(transfer);
  }
}
