package ai.qenex.security.service.vault;

import ai.qenex.security.DataVault;
import ai.qenex.security.FieldCipher;
import ai.qenex.security.KeyService;
import ai.qenex.security.Roles;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Local;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Data keys in the server. Ciphers are for every part of the EAR, the life of keys is for administrators. */
@Singleton
@Local(DataVault.class)
@PermitAll
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DataVaultBean implements DataVault {

  @Resource(lookup = "java:comp/DefaultDataSource") private DataSource database;
  @EJB private KeyService keys;

  private TenantKeys tenants;

  @PostConstruct
  void open() {
    tenants = new TenantKeys(database, keys);
  }

  @Override
  public FieldCipher cipher(String tenant) {
    return tenants.cipher(tenant);
  }

  @Override
  @RolesAllowed({Roles.ADMINISTRATOR, Roles.AUDITOR})
  public List<DataKey> keys() {
    return tenants.all();
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public Optional<DataKey> rotate(String tenant) {
    return tenants.rotate(tenant);
  }

  @Override
  @RolesAllowed(Roles.ADMINISTRATOR)
  public Optional<DataKey> shred(String tenant, int epoch) {
    return tenants.shred(tenant, epoch);
  }
}
