package ai.qenex.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Trees and proofs against the recursive definitions, and proofs that somebody changed (invariant LEDGER-7). */
class MerkleProperties {

  private static List<Hash> leaves(int count, long seed) {
    var random = new Random(seed);
    var leaves = new ArrayList<Hash>();
    for (int i = 0; i < count; i++) {
      leaves.add(randomHash(random));
    }
    return leaves;
  }

  private static Hash randomHash(Random random) {
    var bytes = new byte[Hash.BYTES];
    random.nextBytes(bytes);
    return new Hash(bytes);
  }

  @Property(tries = 300)
  void rootsAndProofsAreThoseOfTheDefinition(@ForAll @IntRange(min = 1, max = 70) int size, @ForAll long seed) {
    List<Hash> leaves = leaves(size, seed);
    var tree = MerkleTree.of(leaves);
    Hash root = NaiveTree.root(leaves);
    assertEquals(root, tree.root(size));
    for (int leaf = 0; leaf < size; leaf++) {
      List<Hash> path = tree.inclusion(leaf, size);
      assertEquals(NaiveTree.path(leaf, leaves), path);
      assertTrue(new MerkleProof.Inclusion(leaves.get(leaf), leaf, size, path).isProvenUnder(root));
      List<Hash> proof = tree.consistency(leaf + 1, size);
      assertEquals(NaiveTree.proof(leaf + 1, leaves), proof);
      assertTrue(new MerkleProof.Consistency(leaf + 1, size, proof)
          .isProvenFor(NaiveTree.root(leaves.subList(0, leaf + 1)), root));
    }
  }

  @Property(tries = 200)
  void growsAndGoesOnAsOneTree(@ForAll @IntRange(min = 1, max = 200) int size, @ForAll long seed) {
    List<Hash> leaves = leaves(size, seed);
    var stack = new MerkleStack(new TreeHash());
    Map<String, Hash> kept = new HashMap<>();
    var random = new Random(seed);
    for (int i = 0; i < size; i++) {
      stack.add(leaves.get(i), (level, index, root) -> kept.put(level + "/" + index, root));
      if (random.nextInt(10) == 0) {
        var other = new MerkleStack(new TreeHash());
        other.restore(stack.size(), stack.roots());
        stack = other;
      }
    }
    assertEquals(NaiveTree.root(leaves), stack.root());
    var stored = new MerkleTree((level, index) -> kept.get(level + "/" + index));
    assertEquals(NaiveTree.root(leaves), stored.root(size));
    int leaf = random.nextInt(size);
    assertEquals(NaiveTree.path(leaf, leaves), stored.inclusion(leaf, size));
    assertEquals(NaiveTree.proof(leaf + 1, leaves), stored.consistency(leaf + 1, size));
  }

  @Property(tries = 300)
  void changedInclusionProofsNeverVerify(@ForAll @IntRange(min = 1, max = 60) int size, @ForAll long seed) {
    var random = new Random(seed);
    List<Hash> leaves = leaves(size, seed);
    Hash root = NaiveTree.root(leaves);
    int leaf = random.nextInt(size);
    List<Hash> path = NaiveTree.path(leaf, leaves);
    for (List<Hash> changed : changes(path, random)) {
      assertFalse(new MerkleProof.Inclusion(leaves.get(leaf), leaf, size, changed).isProvenUnder(root));
    }
    assertFalse(new MerkleProof.Inclusion(randomHash(random), leaf, size, path).isProvenUnder(root));
    assertFalse(new MerkleProof.Inclusion(leaves.get(leaf), leaf, size, path).isProvenUnder(randomHash(random)));
    for (int other = -1; other <= size; other++) {
      assertEquals(other == leaf,
          new MerkleProof.Inclusion(leaves.get(leaf), other, size, path).isProvenUnder(root));
    }
  }

  @Property(tries = 300)
  void changedConsistencyProofsNeverVerify(@ForAll @IntRange(min = 2, max = 60) int size, @ForAll long seed) {
    var random = new Random(seed);
    List<Hash> leaves = leaves(size, seed);
    int first = 1 + random.nextInt(size - 1);
    Hash before = NaiveTree.root(leaves.subList(0, first));
    Hash after = NaiveTree.root(leaves);
    List<Hash> path = NaiveTree.proof(first, leaves);
    for (List<Hash> changed : changes(path, random)) {
      assertFalse(new MerkleProof.Consistency(first, size, changed).isProvenFor(before, after));
    }
    assertFalse(new MerkleProof.Consistency(first, size, path).isProvenFor(randomHash(random), after));
    assertFalse(new MerkleProof.Consistency(first, size, path).isProvenFor(before, randomHash(random)));
    assertFalse(new MerkleProof.Consistency(0, size, path).isProvenFor(before, after));
    assertFalse(new MerkleProof.Consistency(size + 1, size, path).isProvenFor(before, after));
    assertFalse(new MerkleProof.Consistency(size, size, path).isProvenFor(before, after));
  }

  private static List<List<Hash>> changes(List<Hash> path, Random random) {
    var all = new ArrayList<List<Hash>>();
    var longer = new ArrayList<>(path);
    longer.add(randomHash(random));
    all.add(longer);
    for (int i = 0; i < path.size(); i++) {
      var shorter = new ArrayList<>(path);
      shorter.remove(i);
      all.add(shorter);
      var flipped = new ArrayList<>(path);
      byte[] bytes = path.get(i).bytes();
      bytes[random.nextInt(Hash.BYTES)] ^= (byte) (1 << random.nextInt(8));
      flipped.set(i, new Hash(bytes));
      all.add(flipped);
      if (i > 0) {
        var swapped = new ArrayList<>(path);
        swapped.set(i, path.get(i - 1));
        swapped.set(i - 1, path.get(i));
        all.add(swapped);
      }
    }
    return all;
  }
}
