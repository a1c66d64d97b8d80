package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.Hash;
import ai.qenex.kernel.MerkleTree;
import ai.qenex.kernel.QenexException;
import ai.qenex.kernel.TreeHash;
import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.LedgerSeal;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.seal.EntryForm;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.seal.RangeHead;
import ai.qenex.ledger.seal.RangeTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Proofs and exports out of the log and its heads. A proof reads one chunk of the log and a few dozen rows. */
public final class SealReading implements LedgerSeal {

  private final LogAccess access;

  public SealReading(DataSource database) {
    this.access = new LogAccess(database);
  }

  @Override
  public Optional<Head> latest() {
    return access.answer(connection -> new SealStore(connection).last()).map(SealReading::view);
  }

  @Override
  public Optional<Head> head(long number) {
    return access.answer(connection -> new SealStore(connection).byNumber(number)).map(SealReading::view);
  }

  @Override
  public long sealedUpTo() {
    return latest().map(Head::last).orElse(0L);
  }

  @Override
  public List<Head> heads(long after, int limit) {
    if (limit < 1 || limit > MAX_ITEMS) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "limit must be 1 to " + MAX_ITEMS);
    }
    return access.answer(connection -> new SealStore(connection).behind(after, limit)).stream().map(SealReading::view)
        .toList();
  }

  @Override
  public List<Key> keys() {
    return access.answer(connection -> new SealStore(connection).keys()).stream()
        .map(key -> new Key(key.keyId(), key.suite(), key.bytes())).toList();
  }

  @Override
  public Evidence proofOf(UUID id, Optional<Long> number) {
    return access.answer(connection -> {
      LogRow row = access.log(connection).find(connection, List.of(id)).get(id);
      return row == null ? new Unknown() : proof(connection, row.entry(), number);
    });
  }

  private Evidence proof(Connection connection, LedgerEntry entry, Optional<Long> number) throws SQLException {
    var store = new SealStore(connection);
    Optional<SignedHead> range = store.covering(entry.seq());
    Optional<SignedHead> under = number.isPresent() ? store.byNumber(number.get()) : range;
    if (range.isEmpty() || under.isEmpty() || under.get().head().number() < range.get().head().number()) {
      return new NotSealedYet(entry.seq(), under.or(() -> last(store)).map(head -> head.head().last()).orElse(0L));
    }
    RangeHead head = range.get().head();
    long index = entry.seq() - head.first();
    List<Hash> leaves = chunk(connection, head, index);
    return new Proven(line(entry, new EntryForm()), view(range.get()),
        texts(RangeTree.inclusion(index, leaves, range.get().chunks())), view(under.get()),
        texts(tree(store).inclusion(head.number() - 1, under.get().head().number())));
  }

  private static Optional<SignedHead> last(SealStore store) {
    try {
      return store.last();
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the seal cannot be read", e);
    }
  }

  /** Leaf hashes of the chunk that an entry is in. */
  private List<Hash> chunk(Connection connection, RangeHead head, long index) throws SQLException {
    long from = head.first() + index / RangeTree.CHUNK * RangeTree.CHUNK;
    var hash = new TreeHash();
    return entries(connection, from, Math.min(head.last(), from + RangeTree.CHUNK - 1)).stream()
        .map(entry -> hash.leaf(EntryForm.of(entry))).toList();
  }

  private static MerkleTree tree(SealStore store) {
    return new MerkleTree((level, index) -> {
      try {
        return store.node(level, index);
      } catch (SQLException e) {
        throw new QenexException(ErrorCode.STORAGE_FAILED, "the seal cannot be read", e);
      }
    });
  }

  @Override
  public Optional<Growth> consistency(long from, long to) {
    if (from < 1 || from > to) {
      throw new QenexException(ErrorCode.INVALID_REQUEST, "from must be 1 to " + to);
    }
    return access.answer(connection -> {
      var store = new SealStore(connection);
      Optional<SignedHead> first = store.byNumber(from);
      Optional<SignedHead> second = store.byNumber(to);
      return first.isEmpty() || second.isEmpty() ? Optional.empty()
          : Optional.of(new Growth(view(first.get()), view(second.get()), texts(tree(store).consistency(from, to))));
    });
  }

  @Override
  public List<Line> lines(long from, long to) {
    var form = new EntryForm();
    long last = Math.min(to, from + MAX_ITEMS - 1);
    return access.answer(connection -> entries(connection, from, last)).stream().map(entry -> line(entry, form))
        .toList();
  }

  private List<LedgerEntry> entries(Connection connection, long from, long to) throws SQLException {
    var entries = new ArrayList<LedgerEntry>();
    access.log(connection).scan(connection, from - 1, to, row -> entries.add(row.entry()));
    return entries;
  }

  private static Line line(LedgerEntry entry, EntryForm writer) {
    byte[] form = writer.bytes(entry);
    return new Line(entry.seq(), entry.id(), form, new TreeHash().leaf(form).toString());
  }

  private static List<String> texts(List<Hash> hashes) {
    return hashes.stream().map(Hash::toString).toList();
  }

  private static Head view(SignedHead sealed) {
    RangeHead head = sealed.head();
    return new Head(head.number(), head.first(), head.last(), head.rangeRoot().toString(), head.treeRoot().toString(),
        head.previous().toString(), head.sealedAt(), head.suite(), head.keyId(), sealed.signature(),
        texts(sealed.chunks()));
  }
}
