package ai.qenex.web.ledger;

import ai.qenex.ledger.LedgerSeal.Proven;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * That an entry is in the log (RFC 9162 §2.1.3).
 *
 * @param form its canonical form in Base64
 * @param hash its leaf hash
 * @param leafIndex its place in the range, from 0, whose tree has {@code rangeSize} leaves
 * @param rangePath audit path from the hash to the range root
 * @param range the head of its own range
 * @param treeIndex the range's place in the tree of ranges, from 0, which has {@code head.number} leaves
 * @param treePath audit path from the range to the head's tree root
 * @param head the signed head it is proven under
 */
public record ProofView(
    UUID id, long seq, String form, String hash, long leafIndex, long rangeSize, List<String> rangePath, HeadView range,
    long treeIndex, List<String> treePath, HeadView head) {

  static ProofView of(Proven proven) {
    return new ProofView(proven.entry().id(), proven.entry().seq(),
        Base64.getEncoder().encodeToString(proven.entry().form()), proven.entry().hash(),
        proven.entry().seq() - proven.range().first(), proven.range().last() - proven.range().first() + 1,
        proven.rangePath(), HeadView.of(proven.range()), proven.range().number() - 1, proven.treePath(),
        HeadView.of(proven.head()));
  }
}
