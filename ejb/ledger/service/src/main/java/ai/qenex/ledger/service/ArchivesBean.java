package ai.qenex.ledger.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.ledger.LedgerArchives;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Archives for operators; one for all, so that one call writes at a time. */
@Singleton
@Local(LedgerArchives.class)
@RolesAllowed({Roles.OPERATOR, Roles.AUDITOR})
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ArchivesBean implements LedgerArchives {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;

  private LedgerArchives archives;

  @PostConstruct
  void open() {
    Config config = ConfigProvider.getConfig();
    String data = config.getOptionalValue("qenex.data", String.class)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".qenex").toString());
    String folder = config.getOptionalValue("qenex.ledger.archive-folder", String.class)
        .or(() -> config.getOptionalValue("qenex.files", String.class).map(files -> files + "/archive"))
        .orElse(data + "/files/archive");
    try {
      archives = new Archiving(database, Path.of(folder), Clock.systemUTC());
    } catch (InvalidPathException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.ledger.archive-folder is not a folder name", e);
    }
  }

  @Override
  public List<Archive> list() {
    return archives.list();
  }

  @Override
  @RolesAllowed(Roles.OPERATOR)
  public List<Archive> archive(long upTo) {
    return archives.archive(upTo);
  }

  @Override
  @RolesAllowed(Roles.OPERATOR)
  public Archive detach(long first) {
    return archives.detach(first);
  }

  @Override
  @RolesAllowed(Roles.OPERATOR)
  public Archive attach(long first) {
    return archives.attach(first);
  }
}
