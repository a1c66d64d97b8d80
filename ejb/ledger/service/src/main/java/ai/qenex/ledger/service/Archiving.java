package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerArchives;
import ai.qenex.ledger.seal.LogAudit.SignedHead;
import ai.qenex.ledger.service.LogRanges.Range;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Writes archives one by one: into a file of another name, which is forced to the disk, read back and verified, then
 * renamed, and last of all entered in {@code ledger.archive}. Killed anywhere, the next call begins that file anew. For
 * many threads, of which one archives.
 */
public final class Archiving implements LedgerArchives {

  private static final int HEADS_AT_ONCE = 1_000;
  private static final System.Logger LOG = System.getLogger(Archiving.class.getName());

  private final LogAccess access;
  private final DataSource database;
  private final Path folder;
  private final InstantSource clock;
  private final ReentrantLock busy = new ReentrantLock();

  public Archiving(DataSource database, Path folder, InstantSource clock) {
    this.access = new LogAccess(database);
    this.database = database;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public List<Archive> list() {
    return access.answer(connection -> {
      var archives = new ArrayList<Archive>();
      try (var statement = connection.prepareStatement("select first_seq, last_seq, file, bytes, sha256, archived_at, "
          + "detached_at from ledger.archive order by first_seq"); var rows = statement.executeQuery()) {
        while (rows.next()) {
          archives.add(new Archive(rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getLong(4),
              HexFormat.of().formatHex(rows.getBytes(5)), rows.getObject(6, OffsetDateTime.class).toInstant(),
              Optional.ofNullable(rows.getObject(7, OffsetDateTime.class)).map(OffsetDateTime::toInstant)));
        }
      }
      return archives;
    });
  }

  @Override
  public List<Archive> archive(long upTo) {
    if (!busy.tryLock()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "archives are being written already");
    }
    try {
      noteFolder();
      var made = new ArrayList<Archive>();
      for (Range range : access.answer(connection -> due(connection, upTo))) {
        made.add(archive(range));
      }
      return made;
    } finally {
      busy.unlock();
    }
  }

  @Override
  public Archive detach(long first) {
    return changed(first, true, archive -> new Detaching(database, new VerifiedArchive(folder), clock).detach(archive));
  }

  @Override
  public Archive attach(long first) {
    return changed(first, false, archive -> new Attaching(database, clock).attach(archive,
        new VerifiedArchive(folder)));
  }

  private Archive changed(long first, boolean detached, Consumer<Archive> change) {
    if (!busy.tryLock()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "archives are being written already");
    }
    try {
      noteFolder();
      Archive archive = known(first);
      if (archive.detachedAt().isPresent() == detached) {
        return archive;
      }
      change.accept(archive);
      return known(first);
    } finally {
      busy.unlock();
    }
  }

  private Archive known(long first) {
    return list().stream().filter(known -> known.first() == first).findFirst().orElseThrow(
        () -> new QenexException(ErrorCode.NOT_FOUND, "there is no archive that begins with entry " + first));
  }

  /** All archives are in the folder of now, wherever they were written. */
  private void noteFolder() {
    access.answer(connection -> {
      try (var update = connection.prepareStatement("update ledger.archive set folder = ? "
          + "where folder is distinct from ?")) {
        update.setString(1, folder.toAbsolutePath().toString());
        update.setString(2, folder.toAbsolutePath().toString());
        return update.executeUpdate();
      }
    });
  }

  /** Ranges that are complete and not archived. */
  private static List<Range> due(Connection connection, long upTo) throws SQLException {
    var ranges = new ArrayList<Range>();
    try (var statement = connection.prepareStatement("select r.first_seq, r.last_seq from ledger.log_range r "
        + "where r.last_seq <= ? and r.last_seq <= (select seq from ledger.writer where k = 1) "
        + "and not exists (select from ledger.archive a where a.first_seq = r.first_seq) order by 1")) {
      statement.setLong(1, upTo);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          ranges.add(new Range(rows.getLong(1), rows.getLong(2)));
        }
      }
    }
    return ranges;
  }

  private Archive archive(Range range) {
    String name = "ledger-" + range.first() + "-" + range.last() + ".archive";
    Path file = folder.resolve(name);
    Path fresh = folder.resolve(name + ".part");
    try (Connection connection = database.getConnection()) {
      Files.createDirectories(folder);
      connection.setAutoCommit(false);
      try {
        List<SignedHead> heads = heads(connection, range);
        new ArchiveWriter(connection, access.log(connection), range.first(), range.last()).write(fresh, heads,
            new SealStore(connection).keys());
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      Archive archive = verified(fresh, range, name);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(folder);
      enter(connection, archive);
      LOG.log(Level.INFO, "Entries {0} to {1} of the log are archived in {2}", range.first(), range.last(), file);
      return archive;
    } catch (IOException | SQLException e) {
      throw new QenexException(ErrorCode.STORAGE_FAILED, "the archive " + file + " cannot be written", e);
    }
  }

  /** Heads that seal exactly the range. */
  private static List<SignedHead> heads(Connection connection, Range range) throws SQLException {
    var store = new SealStore(connection);
    var heads = new ArrayList<SignedHead>();
    SignedHead covering = store.covering(range.first()).orElseThrow(() -> notSealed(range));
    long behind = covering.head().number() - 1;
    while (heads.isEmpty() || heads.get(heads.size() - 1).head().last() < range.last()) {
      List<SignedHead> more = store.behind(behind, HEADS_AT_ONCE).stream()
          .filter(head -> head.head().first() <= range.last()).toList();
      if (more.isEmpty()) {
        throw notSealed(range);
      }
      heads.addAll(more);
      behind = heads.get(heads.size() - 1).head().number();
    }
    if (heads.get(0).head().first() != range.first()
        || heads.get(heads.size() - 1).head().last() != range.last()) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "a head reaches over an end of entries " + range.first()
          + " to " + range.last() + ": qenex.seal.range-entries must divide qenex.ledger.partition-entries");
    }
    return heads;
  }

  private static QenexException notSealed(Range range) {
    return new QenexException(ErrorCode.CONFLICTING_STATE,
        "entries " + range.first() + " to " + range.last() + " are not sealed yet");
  }

  private Archive verified(Path fresh, Range range, String name) throws IOException {
    try (ArchiveFile file = ArchiveFile.open(fresh)) {
      var wrong = file.whyNotProven();
      if (wrong.isPresent() || file.first() != range.first() || file.last() != range.last()) {
        throw new IOException(fresh + " does not read back as it was written: " + wrong.orElse("another range"));
      }
      return new Archive(range.first(), range.last(), name, file.size(), HexFormat.of().formatHex(file.stated()),
          clock.instant().truncatedTo(ChronoUnit.MICROS), Optional.empty());
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void enter(Connection connection, Archive archive) throws SQLException {
    try (var insert =
        connection.prepareStatement("insert into ledger.archive (first_seq, last_seq, file, bytes, sha256, "
            + "archived_at, folder) values (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, archive.first());
      insert.setLong(2, archive.last());
      insert.setString(3, archive.file());
      insert.setLong(4, archive.bytes());
      insert.setBytes(5, HexFormat.of().parseHex(archive.sha256()));
      insert.setObject(6, archive.archivedAt().atOffset(ZoneOffset.UTC));
      insert.setString(7, folder.toAbsolutePath().toString());
      insert.executeUpdate();
    }
  }
}
