package ai.qenex.settlement.service;

import ai.qenex.kernel.Bic;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What settlement is configured by.
 *
 * @param bank {@code qenex.bank.bic}: the bank that runs the cycles, default {@code QENXDEFF}
 * @param files {@code qenex.files}: the folder that documents are written to, default {@code files} in
 * {@code qenex.data}
 */
record SettlementConfig(Bic bank, Path files) {

  /** @throws QenexException {@code INVALID_CONFIGURATION} */
  static SettlementConfig read() {
    Config config = ConfigProvider.getConfig();
    String bic = config.getOptionalValue("qenex.bank.bic", String.class).orElse("QENXDEFF");
    if (!Bic.isValid(bic)) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          "qenex.bank.bic is not a BIC of 8 or 11 characters: " + bic);
    }
    String data = config.getOptionalValue("qenex.data", String.class)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".qenex").toString());
    String files = config.getOptionalValue("qenex.files", String.class).orElse(data + "/files");
    try {
      return new SettlementConfig(new Bic(bic).institution(), Path.of(files));
    } catch (InvalidPathException e) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION, "qenex.files is not a folder name: " + files, e);
    }
  }
}
