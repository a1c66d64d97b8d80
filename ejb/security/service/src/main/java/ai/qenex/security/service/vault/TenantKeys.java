package ai.qenex.security.service.vault;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.security.DataVault.DataKey;
import ai.qenex.security.FieldCipher;
import ai.qenex.security.KeyPurpose;
import ai.qenex.security.KeyService;
import ai.qenex.security.vault.TenantCipher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Keeps data keys; a cipher is made anew when it is some seconds old, because another node may have rotated. */
final class TenantKeys {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final String ACTIVE =
      "epoch = (select max(epoch) from security.tenant_key n where n.tenant = k.tenant)";

  private final DataSource database;
  private final KeyService keys;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Cached> ciphers = new ConcurrentHashMap<>();

  private record Cached(FieldCipher cipher, long madeAtNanos) {}

  TenantKeys(DataSource database, KeyService keys) {
    this.database = database;
    this.keys = keys;
  }

  FieldCipher cipher(String tenant) {
    Cached cached = ciphers.get(tenant);
    if (cached == null || System.nanoTime() - cached.madeAtNanos > FRESH.toNanos()) {
      cached = new Cached(read(tenant), System.nanoTime());
      ciphers.put(tenant, cached);
    }
    return cached.cipher;
  }

  List<DataKey> all() {
    return run(connection -> {
      var found = new ArrayList<DataKey>();
      try (PreparedStatement query = connection.prepareStatement("select tenant, epoch, " + ACTIVE
          + ", made_at, shredded_at from security.tenant_key k order by tenant, epoch");
          ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(new DataKey(row.getString(1), row.getInt(2), row.getBoolean(3),
              row.getObject(4, OffsetDateTime.class).toInstant(),
              Optional.ofNullable(row.getObject(5, OffsetDateTime.class)).map(OffsetDateTime::toInstant)));
        }
      }
      return found;
    });
  }

  Optional<DataKey> rotate(String tenant) {
    int last = all().stream().filter(key -> key.tenant().equals(tenant)).mapToInt(DataKey::epoch).max().orElse(0);
    if (last == 0) {
      return Optional.empty();
    }
    add(tenant, last + 1);
    return find(tenant, last + 1);
  }

  Optional<DataKey> shred(String tenant, int epoch) {
    int changed = run(connection -> {
      try (PreparedStatement update = connection.prepareStatement("update security.tenant_key k set sealed_key = null,"
          + " shredded_at = now() where tenant = ? and epoch = ? and shredded_at is null and not " + ACTIVE)) {
        update.setString(1, tenant);
        update.setInt(2, epoch);
        return update.executeUpdate();
      }
    });
    ciphers.remove(tenant);
    return changed == 0 ? Optional.empty() : find(tenant, epoch);
  }

  private Optional<DataKey> find(String tenant, int epoch) {
    return all().stream().filter(key -> key.tenant().equals(tenant) && key.epoch() == epoch).findFirst();
  }

  /** Of two nodes that make the same epoch, one's counts. */
  private void add(String tenant, int epoch) {
    byte[] key = new byte[TenantCipher.KEY_BYTES];
    random.nextBytes(key);
    byte[] sealed = keys.seal(KeyPurpose.PERSONAL_DATA, key, place(tenant, epoch));
    run(connection -> {
      try (PreparedStatement insert = connection.prepareStatement(
          "insert into security.tenant_key (tenant, epoch, sealed_key) values (?, ?, ?) on conflict do nothing")) {
        insert.setString(1, tenant);
        insert.setInt(2, epoch);
        insert.setBytes(3, sealed);
        return insert.executeUpdate();
      }
    });
    ciphers.remove(tenant);
  }

  private FieldCipher read(String tenant) {
    Map<Integer, byte[]> sealed = sealed(tenant);
    if (sealed.isEmpty()) {
      add(tenant, 1);
      sealed = sealed(tenant);
    }
    int active = sealed.keySet().stream().max(Integer::compare).orElseThrow();
    var open = new HashMap<Integer, byte[]>();
    sealed.forEach((epoch, bytes) -> {
      if (bytes.length > 0) {
        keys.open(KeyPurpose.PERSONAL_DATA, bytes, place(tenant, epoch)).ifPresent(key -> open.put(epoch, key));
      }
    });
    if (!open.containsKey(active)) {
      throw new QenexException(ErrorCode.CONFLICTING_STATE, "the active data key of " + tenant + " does not open");
    }
    return new TenantCipher(tenant, open, active, random);
  }

  /** By epoch; empty for a shredded one. */
  private Map<Integer, byte[]> sealed(String tenant) {
    return run(connection -> {
      var found = new HashMap<Integer, byte[]>();
      try (PreparedStatement query =
          connection.prepareStatement("select epoch, sealed_key from security.tenant_key where tenant = ?")) {
        query.setString(1, tenant);
        try (ResultSet row = query.executeQuery()) {
          while (row.next()) {
            found.put(row.getInt(1), Optional.ofNullable(row.getBytes(2)).orElse(new byte[0]));
          }
        }
      }
      return found;
    });
  }

  private static byte[] place(String tenant, int epoch) {
    return (tenant + '/' + epoch).getBytes(StandardCharsets.UTF_8);
  }

  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw new QenexException(ErrorCode.UNAVAILABLE, "Data keys cannot be read or changed", e);
    }
  }
}
