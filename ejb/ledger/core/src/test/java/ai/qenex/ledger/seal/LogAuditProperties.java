package ai.qenex.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.seal.LogAudit.Finding;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random logs pass as they were sealed, and no change to them passes (invariant LEDGER-7). */
class LogAuditProperties {

  private final TreeHash hash = new TreeHash();

  /** A log and its heads; a "signature" here is the hash of the head's form under a secret. */
  private static final class Sealed {
    final List<byte[]> forms = new ArrayList<>();
    final List<SignedHead> heads = new ArrayList<>();
  }

  private byte[] sign(RangeHead head) {
    byte[] form = head.form();
    byte[] keyed = Arrays.copyOf(form, form.length + 1);
    keyed[form.length] = 42;
    return hash.plain(keyed).bytes();
  }

  private Sealed play(int entries, long seed) {
    var random = new Random(seed);
    var source = new Entries(seed);
    var sealed = new Sealed();
    var range = new RangeTree(hash);
    var ranges = new MerkleStack(hash);
    Optional<RangeHead> before = Optional.empty();
    long first = 1;
    for (long seq = 1; seq <= entries; seq++) {
      LedgerEntry entry = source.any(seq);
      sealed.forms.add(EntryForm.of(entry));
      range.add(entry);
      if (seq == entries || random.nextInt(entries < 200 ? 5 : 1_500) == 0) {
        ranges.add(RangeHead.leaf(first, seq, range.root()));
        var head = new RangeHead(sealed.heads.size() + 1, first, seq, range.root(), ranges.root(),
            before.map(RangeHead::hash).orElse(Hash.NOTHING), Instant.EPOCH, "test", "key");
        sealed.heads.add(new SignedHead(head, sign(head), range.chunks()));
        before = Optional.of(head);
        range.clear();
        first = seq + 1;
      }
    }
    return sealed;
  }

  private Optional<Finding> audit(Sealed log) {
    Iterator<SignedHead> heads = log.heads.iterator();
    var audit = new LogAudit(() -> heads.hasNext() ? Optional.of(heads.next()) : Optional.empty(),
        head -> Arrays.equals(head.signature(), sign(head.head())) ? Optional.empty() : Optional.of("no signature"));
    for (byte[] form : log.forms) {
      // whoever alters an entry alters its hash as well
      Optional<Finding> finding = audit.entry(form, hash.leaf(form));
      if (finding.isPresent()) {
        return finding;
      }
    }
    Optional<Finding> finding = audit.end();
    if (finding.isEmpty()) {
      assertEquals(log.forms.size(), audit.proven());
    }
    return finding;
  }

  @Property(tries = 150)
  void findsEveryChange(@ForAll @IntRange(min = 2, max = 120) int entries, @ForAll long seed) {
    var random = new Random(seed);
    assertEquals(Optional.empty(), audit(play(entries, seed)), "the control");
    int place = random.nextInt(entries);
    assertFound(place, play(entries, seed), log -> {
      LedgerEntry entry = EntryForm.read(log.forms.get(place));
      log.forms.set(place, EntryForm.of(new Entries(seed).changed(entry)));
    });
    assertFound(place, play(entries, seed), log -> log.forms.remove(place));
    assertFound(place, play(entries, seed), log -> log.forms.add(place, log.forms.get(random.nextInt(entries))));
    assertFound(place, play(entries, seed),
        log -> log.forms.add(place, EntryForm.of(new Entries(seed + 1).any(place + 1))));
    assertFound(place, play(entries, seed), log -> java.util.Collections.swap(log.forms, place, (place + 1) % entries));
    assertFound(place, play(entries, seed), log -> log.forms.subList(place, entries).clear());
    assertFound(place, play(entries, seed), log -> {
      byte[] form = log.forms.get(place).clone();
      form[random.nextInt(form.length)] ^= (byte) (1 << random.nextInt(8));
      log.forms.set(place, form);
    });
  }

  private interface Change {
    void to(Sealed log);
  }

  private void assertFound(int place, Sealed log, Change change) {
    change.to(log);
    Optional<Finding> finding = audit(log);
    assertTrue(finding.isPresent(), "entry " + (place + 1));
    SignedHead range = log.heads.stream().filter(head -> head.head().last() > place).findFirst().orElseThrow();
    assertTrue(finding.get().seq() >= Math.min(range.head().first(), 1) && finding.get().seq() <= place + 2L,
        finding + " but changed was entry " + (place + 1));
  }

  @Property(tries = 100)
  void findsForgedHeads(@ForAll @IntRange(min = 2, max = 100) int entries, @ForAll long seed) {
    var random = new Random(seed);
    int heads = play(entries, seed).heads.size();
    int place = random.nextInt(heads);
    for (int part = 0; part < 7; part++) {
      Sealed log = play(entries, seed);
      log.heads.set(place, forged(log.heads.get(place), part, random));
      assertTrue(audit(log).isPresent(), "part " + part);
    }
    Sealed removed = play(entries, seed);
    removed.heads.remove(place);
    assertTrue(audit(removed).isPresent(), "removed head");
    Sealed truncated = play(entries, seed);
    truncated.heads.subList(place, heads).clear();
    assertTrue(audit(truncated).isPresent(), "entries without a head");
  }

  private SignedHead forged(SignedHead sealed, int part, Random random) {
    RangeHead h = sealed.head();
    var noise = new byte[Hash.BYTES];
    random.nextBytes(noise);
    var other = new Hash(noise);
    RangeHead head = switch (part) {
      case 0 -> new RangeHead(h.number() + 1, h.first(), h.last(), h.rangeRoot(), h.treeRoot(), h.previous(),
          h.sealedAt(), h.suite(), h.keyId());
      case 1 -> new RangeHead(h.number(), h.first(), h.last() + 1, h.rangeRoot(), h.treeRoot(), h.previous(),
          h.sealedAt(), h.suite(), h.keyId());
      case 2 -> new RangeHead(h.number(), h.first(), h.last(), other, h.treeRoot(), h.previous(), h.sealedAt(),
          h.suite(), h.keyId());
      case 3 -> new RangeHead(h.number(), h.first(), h.last(), h.rangeRoot(), other, h.previous(), h.sealedAt(),
          h.suite(), h.keyId());
      case 4 -> new RangeHead(h.number(), h.first(), h.last(), h.rangeRoot(), h.treeRoot(), other, h.sealedAt(),
          h.suite(), h.keyId());
      case 5 -> new RangeHead(h.number(), h.first(), h.last(), h.rangeRoot(), h.treeRoot(), h.previous(),
          h.sealedAt().plusSeconds(1), h.suite(), h.keyId());
      default -> h;
    };
    // even the key's owner cannot forge what contradicts the entries; the time only he can
    boolean resigned = part < 5 && random.nextBoolean();
    return new SignedHead(head, part == 6 ? noise : resigned ? sign(head) : sealed.signature(), sealed.chunks());
  }

  @Property(tries = 3)
  void namesTheChunkOfAnAlteredEntry(@ForAll long seed) {
    int place = new Random(seed).nextInt(4_000);
    Sealed log = play(4_000, seed);
    log.forms.set(place, EntryForm.of(new Entries(seed).changed(EntryForm.read(log.forms.get(place)))));
    long found = audit(log).orElseThrow().seq();
    assertTrue(found <= place + 1 && found > place + 1 - RangeTree.CHUNK, found + " for " + (place + 1));
  }

  @Property(tries = 20)
  void namesTheEntryWhoseHashWasForgotten(@ForAll @IntRange(min = 1, max = 50) int entries, @ForAll long seed) {
    int place = new Random(seed).nextInt(entries);
    Sealed log = play(entries, seed);
    Iterator<SignedHead> heads = log.heads.iterator();
    var audit = new LogAudit(() -> heads.hasNext() ? Optional.of(heads.next()) : Optional.empty(),
        head -> Optional.empty());
    Optional<Finding> finding = Optional.empty();
    for (int i = 0; i < entries && finding.isEmpty(); i++) {
      byte[] form = log.forms.get(i);
      byte[] altered = i == place ? EntryForm.of(new Entries(seed).changed(EntryForm.read(form))) : form;
      finding = audit.entry(altered, hash.leaf(form));
    }
    assertEquals(place + 1L, finding.orElseThrow().seq());
  }
}
