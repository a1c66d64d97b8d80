package ai.qenex.ledger.service;

import ai.qenex.ledger.LedgerEntry;
import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.service.ArchiveFile.Archived;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The entries that left the database: always the first ones of the log, up to {@link #end}. They are read from their
 * archives. A file is hashed whole before its first use in this process, or when it changed; one that is missing, or is
 * not what was archived, is an {@link ArchiveUnreadableException}, never an entry that is not there.
 *
 * <p>
 * A reader that found nothing in the database asks here after that, never before: a range leaves the log in the same
 * transaction in which it is entered as detached. One that comes back is answered here for some more minutes, for
 * readers who did not find it in the database a moment ago.
 */
final class ArchivedLog {

  /** Also what came back just now: who looked into the database before that looks here after it. */
  private static final String DETACHED = "select first_seq, last_seq, folder, file, bytes, sha256 from ledger.archive "
      + "where detached_at is not null or attached_at > clock_timestamp() - interval '10 minutes' order by first_seq";

  /** What was hashed whole, as it was then. */
  private static final Set<Whole> WHOLE = ConcurrentHashMap.newKeySet();

  private final Connection connection;

  ArchivedLog(Connection connection) {
    this.connection = connection;
  }

  private record Whole(Path file, FileTime changed, long bytes) {}

  /** A range that is in its file only. */
  private record Detached(long first, long last, Path file, long bytes, byte[] sha256) {

    ArchiveFile open() throws ArchiveUnreadableException {
      try {
        ArchiveFile opened = ArchiveFile.open(file);
        try {
          verify(opened);
          return opened;
        } catch (IOException | IllegalArgumentException e) {
          opened.close();
          throw e;
        }
      } catch (IOException | IllegalArgumentException e) {
        throw unreadable(e);
      }
    }

    private void verify(ArchiveFile opened) throws IOException {
      if (opened.first() != first || opened.last() != last || opened.size() != bytes
          || !Arrays.equals(opened.stated(), sha256)) {
        throw new IOException("it is not the file that was archived");
      }
      var whole = new Whole(file, Files.getLastModifiedTime(file), bytes);
      if (!WHOLE.contains(whole)) {
        if (!Arrays.equals(opened.checksum(), sha256)) {
          throw new IOException("its checksum is wrong");
        }
        WHOLE.add(whole);
      }
    }

    ArchiveUnreadableException unreadable(Exception cause) {
      return new ArchiveUnreadableException(
          "entries " + first + " to " + last + " are archived in " + file.getFileName()
              + ", which cannot be read (" + cause.getClass().getSimpleName() + "); put the file back",
          cause);
    }
  }

  /** What is done with an open archive. */
  private interface Reading {
    void read(ArchiveFile file) throws IOException;
  }

  private static void read(Detached archive, Reading reading) throws ArchiveUnreadableException {
    try (ArchiveFile file = archive.open()) {
      reading.read(file);
    } catch (IOException e) {
      throw archive.unreadable(e);
    }
  }

  private List<Detached> detached() throws SQLException {
    var archives = new ArrayList<Detached>();
    try (var statement = connection.prepareStatement(DETACHED); ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        archives.add(new Detached(row.getLong(1), row.getLong(2), Path.of(row.getString(3), row.getString(4)),
            row.getLong(5), row.getBytes(6)));
      }
    }
    return archives;
  }

  /** The last entry that left the database, zero if none did. */
  long end() throws SQLException {
    return LogAccess.figure(connection,
        "select coalesce(max(last_seq), 0) from ledger.archive where detached_at is not null");
  }

  /** So many transfers are among them. */
  long transfers() throws SQLException {
    return LogAccess.figure(connection,
        "select coalesce(sum(transfers), 0) from ledger.archive where detached_at is not null");
  }

  /** What there is under each of the ids. */
  Map<UUID, LogRow> find(Collection<UUID> ids) throws SQLException {
    var found = new HashMap<UUID, LogRow>();
    for (Detached archive : detached()) {
      read(archive, file -> {
        for (UUID id : ids) {
          file.byId(id).ifPresent(entry -> found.put(id, row(entry)));
        }
      });
    }
    return found;
  }

  /** Those of the entries that are here, by number. */
  Map<Long, LedgerEntry> bySeq(Collection<Long> seqs) throws SQLException {
    var found = new HashMap<Long, LedgerEntry>();
    for (Detached archive : detached()) {
      List<Long> here = seqs.stream().filter(seq -> seq >= archive.first() && seq <= archive.last()).toList();
      if (!here.isEmpty()) {
        read(archive, file -> {
          for (long seq : here) {
            file.bySeq(seq).ifPresent(entry -> found.put(seq, entry.entry()));
          }
        });
      }
    }
    return found;
  }

  Optional<LedgerEntry> bySeq(long seq) throws SQLException {
    return Optional.ofNullable(bySeq(List.of(seq)).get(seq));
  }

  /** Hands over those behind {@code after} up to {@code upTo}, which is {@link #end} at most, in log order. */
  void scan(long after, long upTo, Consumer<LogRow> receiver) throws SQLException {
    for (Detached archive : detached()) {
      if (archive.last() > after && archive.first() <= upTo) {
        read(archive, file -> file.forEach(Math.max(after + 1, archive.first()), Math.min(upTo, archive.last()),
            entry -> receiver.accept(row(entry))));
      }
    }
  }

  /** One sentence per archive that cannot be read. */
  List<String> unreadable() throws SQLException {
    var told = new ArrayList<String>();
    for (Detached archive : detached()) {
      try (ArchiveFile file = archive.open()) {
        file.stated();
      } catch (ArchiveUnreadableException e) {
        told.add(e.getMessage());
      } catch (IOException e) {
        told.add(archive.unreadable(e).getMessage());
      }
    }
    return told;
  }

  /** As the log had it, but for the floor of its debit account. */
  static LogRow row(Archived archived) {
    return new LogRow(archived.entry(), archived.fingerprint(), Optional.empty());
  }
}
