package ai.qenex.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.TreeHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A range and its chunks against one tree over all its leaves (invariant LEDGER-7). */
class RangeTreeProperties {

  @Property(tries = 20)
  void rangesProveEntriesByTheirChunk(@ForAll @IntRange(min = 1, max = 5_000) int size, @ForAll long seed) {
    var random = new Random(seed);
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      var bytes = new byte[Hash.BYTES];
      random.nextBytes(bytes);
      leaves.add(new Hash(bytes));
    }
    var range = new RangeTree(new TreeHash());
    leaves.forEach(range::add);
    var tree = MerkleTree.of(leaves);
    assertEquals(size, range.size());
    assertEquals(tree.root(size), range.root());
    int leaf = random.nextInt(size);
    int start = leaf / RangeTree.CHUNK * RangeTree.CHUNK;
    List<Hash> chunk = leaves.subList(start, Math.min(size, start + RangeTree.CHUNK));
    assertEquals(tree.inclusion(leaf, size), RangeTree.inclusion(leaf, chunk, range.chunks()));
  }
}
