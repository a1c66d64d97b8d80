package ai.qenex.ledger.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleProof.Consistency;
import ai.qenex.kernel.MerkleProof.Inclusion;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerAnchors;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.LedgerSeal.Head;
import ai.qenex.ledger.LedgerSeal.NotSealedYet;
import ai.qenex.ledger.LedgerSeal.Proven;
import ai.qenex.ledger.LedgerSeal.Unknown;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seal over real logs (invariant LEDGER-7): all of it proven, and whatever is made wrong behind it found. */
class SealIT {

  @TempDir private Path folder;
  private final LedgerFixture ledger = new LedgerFixture();
  private final LedgerSeal seal = new SealReading(ledger.database());
  private final List<Sealing> sealings = new ArrayList<>();

  @AfterEach
  void close() {
    sealings.forEach(Sealing::close);
    ledger.close();
  }

  private Sealing start(int rangeEntries, LedgerEngine engine) {
    SealSettings defaults = SealSettings.defaults(folder);
    var sealing = new Sealing(ledger.database(), engine,
        new SealSettings(rangeEntries, Duration.ofMillis(30), defaults.suite(), folder), Clock.systemUTC());
    sealing.start(Thread::new);
    sealings.add(sealing);
    return sealing;
  }

  private void awaitSealed() {
    LedgerFixture.await(() -> seal.sealedUpTo() == ledger.count("select seq from ledger.writer"));
  }

  @Test
  void provesEveryEntryUnderEveryHead() {
    start(128, ledger.engine());
    var played = new RandomHistory(ledger, 1);
    played.play(900);
    awaitSealed();
    List<Head> heads = seal.heads(0, LedgerSeal.MAX_ITEMS);
    assertTrue(heads.size() > 7, heads.size() + " heads");
    for (LedgerEntry entry : played.log()) {
      var proven = (Proven) seal.proofOf(entry.id(), Optional.empty());
      assertArrayEquals(EntryForm.of(entry), proven.entry().form());
      assertProven(proven);
    }
    LedgerEntry first = played.log().get(0);
    for (Head head : heads) {
      var proven = (Proven) seal.proofOf(first.id(), Optional.of(head.number()));
      assertEquals(head.number(), proven.head().number());
      assertProven(proven);
    }
    assertTrue(seal.proofOf(UUID.randomUUID(), Optional.empty()) instanceof Unknown);
    assertTrue(seal.proofOf(played.log().get(played.log().size() - 1).id(),
        Optional.of(1L)) instanceof NotSealedYet);
  }

  private void assertProven(Proven proven) {
    Head range = proven.range();
    Head head = proven.head();
    assertTrue(new Inclusion(Hash.ofHex(proven.entry().hash()), proven.entry().seq() - range.first(),
        range.last() - range.first() + 1, hashes(proven.rangePath())).isProvenUnder(Hash.ofHex(range.rangeRoot())));
    assertTrue(new Inclusion(RangeHead.leaf(range.first(), range.last(), Hash.ofHex(range.rangeRoot())),
        range.number() - 1, head.number(), hashes(proven.treePath())).isProvenUnder(Hash.ofHex(head.treeRoot())));
    assertSigned(head);
  }

  private void assertSigned(Head head) {
    var form = new RangeHead(head.number(), head.first(), head.last(), Hash.ofHex(head.rangeRoot()),
        Hash.ofHex(head.treeRoot()), Hash.ofHex(head.previous()), head.sealedAt(), head.suite(), head.keyId()).form();
    LedgerSeal.Key key = seal.keys().stream().filter(one -> one.keyId().equals(head.keyId())).findFirst().orElseThrow();
    assertTrue(SignatureSuites.verify(head.suite(), key.publicKey(), form, head.signature()));
  }

  private static List<Hash> hashes(List<String> texts) {
    return texts.stream().map(Hash::ofHex).toList();
  }

  @Test
  void provesThatEveryHeadOnlyAdds() {
    start(64, ledger.engine());
    new RandomHistory(ledger, 2).play(1_000);
    awaitSealed();
    List<Head> heads = seal.heads(0, 20);
    for (Head from : heads) {
      for (Head to : heads) {
        if (from.number() <= to.number()) {
          var growth = seal.consistency(from.number(), to.number()).orElseThrow();
          assertTrue(new Consistency(from.number(), to.number(), hashes(growth.path()))
              .isProvenFor(Hash.ofHex(from.treeRoot()), Hash.ofHex(to.treeRoot())));
        }
      }
    }
    assertTrue(seal.consistency(1, 1_000_000).isEmpty());
    assertThrows(QenexException.class, () -> seal.consistency(2, 1));
    assertThrows(QenexException.class, () -> seal.consistency(0, 1));
  }

  @Test
  void catchesUpWithWhatItMissedAndGoesOnAfterRestarts() {
    var played = new RandomHistory(ledger, 3);
    played.play(700);
    Sealing first = start(100, ledger.engine());
    played.play(300);
    awaitSealed();
    first.close();
    played.play(400);
    ledger.restart();
    start(100, ledger.engine());
    played.play(100);
    awaitSealed();
    assertEquals(Optional.empty(), new SealProof(ledger.database()).violation());
    assertEquals(1, seal.keys().size());
    assertEquals(0, ledger.count("select count(*) from (select first_seq, lag(last_seq, 1, 0) over (order by number) "
        + "as before from ledger.seal_head) heads where first_seq <> before + 1"));
  }

  @Test
  void twoSealersMakeOneChain() {
    start(50, ledger.engine());
    start(50, ledger.engine());
    new RandomHistory(ledger, 4).play(2_000);
    awaitSealed();
    assertEquals(Optional.empty(), new SealProof(ledger.database()).violation());
  }

  @Test
  void keepsItsKeyToItsOwner() throws IOException {
    start(50, ledger.engine());
    awaitSealed();
    try (var files = Files.list(folder)) {
      List<Path> keys = files.toList();
      assertEquals(List.of(folder.resolve("seal-Ed25519.key")), keys);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.get(0))));
    }
    Files.writeString(folder.resolve("seal-Ed25519.key"), "no key");
    assertThrows(QenexException.class, () -> start(50, ledger.engine()));
  }

  @Test
  void sealsWithTheHybridSuite() {
    var sealing = new Sealing(ledger.database(), ledger.engine(),
        new SealSettings(1_000, Duration.ofMillis(30), "Ed25519+ML-DSA-65",
            folder),
        Clock.systemUTC());
    sealing.start(Thread::new);
    sealings.add(sealing);
    awaitSealed();
    assertSigned(seal.latest().orElseThrow());
  }

  @Test
  void anchorsTheLastHeadOnceAndForGood() {
    var signer = SignatureSuites.signer(SignatureSuites.newKeys("SLH-DSA-SHA2-128s", new SecureRandom()));
    var kept = new MessageSigner() {
      @Override
      public String suite() {
        return signer.suite();
      }

      @Override
      public String keyId() {
        return signer.keyId();
      }

      @Override
      public int epoch() {
        return 3;
      }

      @Override
      public byte[] publicKey() {
        return signer.publicKey();
      }

      @Override
      public byte[] sign(byte[] message) {
        return signer.sign(message);
      }
    };
    var anchors = new SealAnchors(ledger.database(), () -> kept, Clock.systemUTC());
    assertEquals(Optional.empty(), anchors.anchor());
    start(64, ledger.engine());
    awaitSealed();
    LedgerAnchors.Anchor anchor = anchors.anchor().orElseThrow();
    Head head = seal.latest().orElseThrow();
    assertEquals(head.treeRoot(), anchor.treeRoot());
    assertEquals(3, anchor.epoch());
    assertTrue(SignatureSuites.verify(anchor.suite(), anchor.publicKey(),
        ("QENEX ledger anchor 1\n" + head.number() + "\n" + head.treeRoot() + "\n" + anchor.headHash())
            .getBytes(StandardCharsets.US_ASCII),
        anchor.signature()));
    assertEquals(1, anchors.anchors().size());
    assertArrayEquals(anchor.signature(), anchors.anchor().orElseThrow().signature());
    assertThrows(IllegalStateException.class, () -> ledger.execute("delete from ledger.seal_anchor"));
  }

  /** KEYS-1: heads of every key verify, and the chain goes on from key to key. */
  @Test
  void sealsOnWhileKeysRotate() {
    var signers = new ArrayDeque<MessageSigner>();
    for (String suite : List.of("Ed25519", "Ed25519+ML-DSA-65", "ECDSA-P256", "ML-DSA-65", "Ed25519")) {
      signers.add(SignatureSuites.signer(SignatureSuites.newKeys(suite, new SecureRandom())));
    }
    var sealing = new Sealing(ledger.database(), ledger.engine(),
        new SealSettings(64, Duration.ofMillis(30), "Ed25519", folder),
        new Sealer.Notary(() -> signers.size() > 1 ? signers.poll() : signers.peek(), Clock.systemUTC()));
    sealing.start(Thread::new);
    sealings.add(sealing);
    new RandomHistory(ledger, 9).play(600);
    awaitSealed();
    List<Head> heads = seal.heads(0, LedgerSeal.MAX_ITEMS);
    heads.forEach(this::assertSigned);
    assertEquals(5, heads.stream().map(Head::keyId).distinct().count());
    assertEquals(5, seal.keys().size());
    assertEquals(Optional.empty(), new SealProof(ledger.database()).violation());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "update ledger.log set reference = 'other' where seq = (select max(seq) from ledger.log where kind = 1)",
      "update ledger.log set value_date = value_date + 1 where seq = (select min(seq) from ledger.log where kind = 1)",
      "update ledger.log set booked_at = booked_at + interval '1 microsecond' where seq = 3",
      "delete from ledger.log where seq = 17",
      "update ledger.seal_head set range_root = tree_root where number = 2",
      "update ledger.seal_head set sealed_at = sealed_at + interval '1 microsecond' where number = 3",
      "update ledger.seal_head set signature = (select signature from ledger.seal_head where number = 1) "
          + "where number = 2",
      "delete from ledger.seal_head where number = 2",
      "update ledger.seal_key set public_key = substring(public_key from 2) || '\\x00'"})
  void findsWhatSomebodyMadeWrongBehindIt(String tampering) {
    start(64, ledger.engine());
    new RandomHistory(ledger, 5).play(500);
    awaitSealed();
    var whole = new SealProof(ledger.database());
    assertEquals(Optional.empty(), whole.violation());
    ledger.engine().close();
    ledger.execute("alter table ledger.log disable trigger all; alter table ledger.seal_head disable trigger all; "
        + tampering);
    assertTrue(whole.violation().isPresent(), tampering);
    assertTrue(whole.violation().isPresent(), "what was found is not forgotten");
    var sliced = new SealProof(ledger.database(), 100);
    boolean found = false;
    for (int call = 0; call < 20 && !found; call++) {
      found = sliced.violation().isPresent();
    }
    assertTrue(found, tampering);
  }

  @Test
  void nobodyChangesAHeadByAccident() {
    start(64, ledger.engine());
    awaitSealed();
    assertThrows(IllegalStateException.class, () -> ledger.execute("update ledger.seal_head set last_seq = 2"));
    assertThrows(IllegalStateException.class, () -> ledger.execute("delete from ledger.seal_node"));
    assertFalse(seal.heads(0, 10).isEmpty());
  }
}
