package ai.qenex.payments.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.BusinessDays;
import ai.qenex.payments.PaymentFile;
import ai.qenex.payments.PaymentFiles;
import ai.qenex.security.DataVault;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** Payment files at the door: taken in here, processed by {@link FileDesk}. */
@Stateless
@Local(PaymentFiles.class)
@TransactionManagement(TransactionManagementType.BEAN)
@RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
public class PaymentFilesBean implements PaymentFiles {

  /** Documents read at the same time, by all beans of this node. */
  private static final Semaphore DOORS = new Semaphore(8);

  @Resource private UserTransaction transaction;
  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private BusinessDays days;
  @EJB private DataVault vault;
  @EJB private FileDesk desk;

  private Transactions transactions;
  private FileIntake intake;
  private StatusReports reports;

  @PostConstruct
  void wire() {
    PaymentsConfig config = PaymentsConfig.read();
    transactions = new JtaTransactions(transaction, database, vault);
    intake = new FileIntake(transactions, days, config, Workshop.systemOrigins());
    reports = new StatusReports(transactions, config.bank().bic());
  }

  @Override
  @RolesAllowed({Roles.TELLER, Roles.OPERATOR, Roles.SERVICE})
  public Receipt receive(InputStream document, String submitter) {
    if (!DOORS.tryAcquire()) {
      throw new QenexException(ErrorCode.OVERLOADED, "too many payment files are coming in");
    }
    try {
      Receipt receipt = intake.receive(document, submitter);
      desk.wake();
      return receipt;
    } finally {
      DOORS.release();
    }
  }

  @Override
  public Optional<PaymentFile> find(UUID id) {
    return transactions.run(connection -> {
      Optional<FileRow> file = new FileStore(connection).find(id);
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(file.get().toFile(new PaymentStore(connection).countByStatus(id)));
    });
  }

  @Override
  public byte[] statusReport(UUID id) {
    var report = new ByteArrayOutputStream();
    reports.write(id, report);
    return report.toByteArray();
  }

  @Override
  public void writeStatusReport(UUID id, OutputStream target) {
    reports.write(id, target);
  }
}
