package ai.qenex.security.service.approval;

import ai.qenex.kernel.Asset;
import ai.qenex.kernel.Money;
import ai.qenex.kernel.UuidV7;
import ai.qenex.security.AmountLimits;
import ai.qenex.security.Approval;
import ai.qenex.security.Approval.Verdict;
import ai.qenex.security.ApprovalAnswer;
import ai.qenex.security.ApprovalClause;
import ai.qenex.security.Approver;
import ai.qenex.security.KeyMaterial;
import ai.qenex.security.MessageSigner;
import ai.qenex.security.Operation;
import ai.qenex.security.OperationFigures;
import ai.qenex.security.SensitiveCall;
import ai.qenex.security.SignatureSuites;
import ai.qenex.security.StoredSignature;
import ai.qenex.security.service.approval.CarryOutApproved.Performer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A PostgreSQL of its own, a clock that is set by hand, and a real key. */
final class ApprovalFixture implements AutoCloseable, DecisionSeal {

  static final Asset EUR = new Asset("EUR", 2);
  static final Duration LIFE = Duration.ofHours(1);

  private static final UuidV7 IDS = new UuidV7(InstantSource.system(), new SecureRandom());

  final EmbeddedPostgres postgres;
  final Transactions transactions;
  final ApprovalDesk desk;
  volatile Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final KeyMaterial keys = SignatureSuites.newKeys("Ed25519", new SecureRandom());
  private final MessageSigner signer = SignatureSuites.signer(keys);

  ApprovalFixture() {
    try {
      postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Flyway.configure(ApprovalFixture.class.getClassLoader()).dataSource(postgres.getPostgresDatabase())
        .schemas("security").defaultSchema("security").locations("classpath:db/migration/security").load().migrate();
    transactions = new Transactions(postgres.getPostgresDatabase());
    desk = new ApprovalDesk(transactions, this, () -> now);
  }

  @Override
  public StoredSignature sign(byte[] message) {
    return new StoredSignature(signer.suite(), signer.keyId(), 1, signer.sign(message));
  }

  @Override
  public boolean isValid(StoredSignature signature, byte[] message) {
    return SignatureSuites.verify(signature.suite(), keys.publicKey(), message, signature.bytes());
  }

  /** A wish of {@code maker} that as many others have to approve. */
  static SensitiveCall call(String maker, int needed) {
    return call(maker, needed, OperationFigures.of(Money.ofMinorUnits(1_000_000, EUR), false), Set.of());
  }

  static SensitiveCall call(String maker, int needed, OperationFigures figures, Set<String> approvers) {
    return new SensitiveCall(IDS.next(), Operation.TRANSFER, figures, "large", needed, Set.of("approver"), approvers,
        maker, Set.of("teller"), "POST", "/api/v1/transfers", "", "application/json", IDS.next(),
        "{\"amount\":\"10000.00\"}".getBytes(StandardCharsets.UTF_8));
  }

  SensitiveCall asked(SensitiveCall call) {
    require(desk.request(call, LIFE));
    return call;
  }

  static Approver approver(String name) {
    return new Approver(name, Set.of("approver"), AmountLimits.NONE);
  }

  ApprovalAnswer approve(UUID id, String approver) {
    return desk.decide(id, approver(approver), Verdict.APPROVE, "");
  }

  /** A request that needs one approval and has it. */
  SensitiveCall approved(String maker) {
    SensitiveCall call = asked(call(maker, 1));
    require(approve(call.id(), "anna"));
    return call;
  }

  static Approval require(ApprovalAnswer answer) {
    if (answer instanceof ApprovalAnswer.Known known) {
      return known.approval();
    }
    throw new AssertionError(answer.toString());
  }

  static ApprovalClause clause(ApprovalAnswer answer) {
    if (answer instanceof ApprovalAnswer.Refused refused) {
      return refused.refusal().clause();
    }
    throw new AssertionError(answer.toString());
  }

  Approval find(SensitiveCall call) {
    return desk.find(call.id()).orElseThrow();
  }

  CarryOutApproved node(Performer performer) {
    return new CarryOutApproved(transactions, desk, performer, new IssuerStanding(transactions));
  }

  void passes(Duration time) {
    now = now.plus(time);
  }

  void sql(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
