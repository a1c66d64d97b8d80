package ai.qenex.security.service;

import ai.qenex.security.LinkedOperation;
import ai.qenex.security.StepUpClause;
import ai.qenex.security.StepUpKind;
import ai.qenex.security.StepUps;
import ai.qenex.security.identity.Digests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Challenges and proofs, table {@code security.step_up}; invariants SCA-1 and SCA-2. */
final class StepUpStore {

  /** Open challenges of one person; older ones give way. */
  private static final int MOST_OPEN = 20;

  private static final String COLUMNS = "id, kind, payer, payee, amount, asset, operation_id, expires_at";
  private static final String FORGET = "delete from security.step_up where id in"
      + " (select id from security.step_up where expires_at < ? limit 100 for update skip locked)";
  private static final String GIVE_WAY = "delete from security.step_up where id in (select id from security.step_up"
      + " where subject = ? and proof_hash is null order by created_at desc offset " + (MOST_OPEN - 1) + ")";
  private static final String INSERT = "insert into security.step_up (id, subject, kind, payer, payee, amount, asset,"
      + " operation_id, linked_digest, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  /** The guess is counted before it is looked at, so that no more than five can be under way either. */
  private static final String GUESS = "update security.step_up set failures = failures + 1 where id = ? and subject = ?"
      + " and proof_hash is null and expires_at > ? and failures < " + StepUps.MAX_FAILURES
      + " returning failures, linked_digest";
  private static final String PROVE = "update security.step_up set method = ?, proof_hash = ?, proof_expires_at = ?"
      + " where id = ? and proof_hash is null";
  private static final String USE = "update security.step_up set used_at = ? where proof_hash = ? and used_at is null"
      + " returning subject, linked_digest, proof_expires_at";

  private final Sql sql;

  record Challenge(UUID id, LinkedOperation operation, Instant expires) {}

  /** @param number of the guess at this challenge, from 1 */
  record Guess(int number, byte[] linkedDigest) {}

  record Used(String subject, byte[] linkedDigest, Instant expires) {}

  StepUpStore(DataSource database) {
    this.sql = new Sql(database);
  }

  /** @param forget challenges that ended before are gone */
  void add(String subject, Challenge challenge, Instant forget) {
    sql.execute(FORGET, forget);
    sql.execute(GIVE_WAY, subject);
    LinkedOperation operation = challenge.operation();
    sql.execute(INSERT, challenge.id(), subject, operation.kind().text(), operation.payer(), operation.payee(),
        operation.amount(), operation.asset(), operation.id(), operation.digest(), challenge.expires());
  }

  Optional<Challenge> find(String subject, UUID id, Instant now) {
    return sql.first(StepUpStore::challenge, "select " + COLUMNS + " from security.step_up where id = ? and subject = ?"
        + " and proof_hash is null and expires_at > ? and failures < " + StepUps.MAX_FAILURES, id, subject, now);
  }

  Optional<Guess> guess(String subject, UUID id, Instant now) {
    return sql.first(row -> new Guess(row.getInt(1), row.getBytes(2)), GUESS, id, subject, now);
  }

  /** Why there was no guess. */
  StepUpClause closed(String subject, UUID id, Instant now) {
    return sql.first(row -> {
      if (row.getBytes(1) != null) {
        return StepUpClause.USED;
      }
      return row.getInt(2) >= StepUps.MAX_FAILURES ? StepUpClause.LOCKED : StepUpClause.EXPIRED;
    }, "select proof_hash, failures from security.step_up where id = ? and subject = ?", id, subject)
        .orElse(StepUpClause.UNKNOWN);
  }

  /** False if another answer was first. */
  boolean prove(UUID id, String method, String proof, Instant expires) {
    return sql.execute(PROVE, method, hash(proof), expires, id) == 1;
  }

  /** Uses the proof up: of all that try at once, on any node, one gets it. */
  Optional<Used> use(String proof, Instant now) {
    return sql.first(row -> new Used(row.getString(1), row.getBytes(2), row.getTimestamp(3).toInstant()), USE, now,
        hash(proof));
  }

  boolean wasUsed(String proof) {
    return sql.first(row -> true, "select 1 from security.step_up where proof_hash = ? and used_at is not null",
        hash(proof)).isPresent();
  }

  boolean knowsPayee(String subject, String payee) {
    return sql.first(row -> true, "select 1 from security.known_payee where subject = ? and payee = ?", subject, payee)
        .isPresent();
  }

  void rememberPayee(String subject, String payee) {
    sql.execute("insert into security.known_payee (subject, payee) values (?, ?) on conflict do nothing", subject,
        payee);
  }

  /** What a passkey signs: the digest of what is confirmed, and of which challenge it is. */
  static byte[] passkeyChallenge(UUID id, byte[] linkedDigest) {
    return Digests.sha256("qenex step-up", id.toString(), HexFormat.of().formatHex(linkedDigest));
  }

  private static byte[] hash(String proof) {
    return Digests.sha256("qenex proof", proof);
  }

  private static Challenge challenge(ResultSet row) throws SQLException {
    StepUpKind kind = StepUpKind.of(row.getString(2))
        .orElseThrow(() -> new IllegalStateException("a kind of step-up that no code knows"));
    return new Challenge(row.getObject(1, UUID.class),
        new LinkedOperation(kind, row.getString(3), row.getString(4), row.getString(5), row.getString(6),
            row.getString(7)),
        row.getTimestamp(8).toInstant());
  }
}
