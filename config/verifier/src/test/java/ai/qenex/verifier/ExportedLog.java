package ai.qenex.verifier;

import ai.qenex.kernel.Amount;
import ai.qenex.kernel.Asset;
import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleStack;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.AccountNumber;
import ai.qenex.ledger.Clause;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerEntry.BusinessDateOpened;
import ai.qenex.ledger.LedgerEntry.InstructionRefused;
import ai.qenex.ledger.Refusal;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.ledger.seal.RangeTree;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.SignatureSuites;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes a random log with its heads and its key, as the API exports them. */
final class ExportedLog {

  private static final Asset EUR = new Asset("EUR", 2);

  final Path log;
  final Path heads;
  final Path keys;
  private final MessageSigner signer =
      SignatureSuites.signer(SignatureSuites.newKeys("Ed25519", new SecureRandom()));
  private final TreeHash hash = new TreeHash();
  private final RangeTree range = new RangeTree(hash);
  private final MerkleStack ranges = new MerkleStack(hash);
  private Optional<RangeHead> before = Optional.empty();

  ExportedLog(Path folder) {
    log = folder.resolve("log.ndjson");
    heads = folder.resolve("heads.ndjson");
    keys = folder.resolve("keys.json");
  }

  ExportedLog write(long entries, int rangeEntries, long seed) throws IOException {
    var random = new Random(seed);
    var form = new EntryForm();
    try (BufferedWriter lines = Files.newBufferedWriter(log);
        BufferedWriter headLines = Files.newBufferedWriter(heads)) {
      for (long seq = 1; seq <= entries; seq++) {
        byte[] bytes = form.bytes(entry(seq, random));
        Hash leaf = hash.leaf(bytes);
        lines.write(line(bytes, leaf));
        range.add(leaf);
        if (seq % rangeEntries == 0 || seq == entries) {
          headLines.write(seal(seq));
        }
      }
    }
    Files.writeString(keys, "{\"items\": [{\"keyId\": \"" + signer.keyId() + "\", \"suite\": \"" + signer.suite()
        + "\",\n \"publicKey\": \"" + Base64.getEncoder().encodeToString(signer.publicKey()) + "\"}]}");
    return this;
  }

  static String line(byte[] form, Hash leaf) {
    LedgerEntry entry = EntryForm.read(form);
    return "{\"seq\":" + entry.seq() + ",\"id\":\"" + entry.id() + "\",\"form\":\""
        + Base64.getEncoder().encodeToString(form) + "\",\"hash\":\"" + leaf + "\"}\n";
  }

  static LedgerEntry entry(long seq, Random random) {
    var id = new UUID(random.nextLong(), random.nextLong());
    Instant at = Instant.ofEpochSecond(1_800_000_000L + seq, seq % 1_000_000 * 1_000);
    if (random.nextInt(50) == 0) {
      return new InstructionRefused(seq, id, at, new Refusal(Clause.ASSET_NOT_FOUND, Map.of("asset", "X" + seq)));
    }
    if (random.nextInt(500) == 0) {
      return new BusinessDateOpened(seq, id, at, BusinessDate.parse("2027-03-01"));
    }
    return TestTransfers.posted(seq, id, at, new TestTransfers.Sides(new AccountNumber(1 + random.nextInt(1_000)),
        new AccountNumber(1_001 + random.nextInt(1_000)), Money.ofMinorUnits(1 + random.nextInt(100_000), EUR),
        Amount.of(random.nextInt())));
  }

  private String seal(long last) {
    long first = last - range.size() + 1;
    ranges.add(RangeHead.leaf(first, last, range.root()));
    var head = new RangeHead(ranges.size(), first, last, range.root(), ranges.root(),
        before.map(RangeHead::hash).orElse(Hash.NOTHING), Instant.ofEpochSecond(1_900_000_000L + last), signer.suite(),
        signer.keyId());
    String chunks = range.chunks().stream().map(Hash::toString).collect(Collectors.joining("\",\""));
    before = Optional.of(head);
    range.clear();
    return "{\"number\":" + head.number() + ",\"first\":" + first + ",\"last\":" + last + ",\"rangeRoot\":\""
        + head.rangeRoot() + "\",\"treeRoot\":\"" + head.treeRoot() + "\",\"previous\":\"" + head.previous()
        + "\",\"sealedAt\":\"" + head.sealedAt() + "\",\"suite\":\"" + head.suite() + "\",\"keyId\":\"" + head.keyId()
        + "\",\"signature\":\"" + Base64.getEncoder().encodeToString(signer.sign(head.form())) + "\",\"chunks\":[\""
        + chunks + "\"]}\n";
  }

  String newest() {
    return before.orElseThrow().number() + ":" + before.orElseThrow().treeRoot();
  }
}
