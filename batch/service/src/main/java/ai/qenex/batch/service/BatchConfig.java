package ai.qenex.batch.service;

import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * What jobs are configured by.
 *
 * @param partitions {@code qenex.batch.partitions}: how many threads draw statements, 1 to {@value #MOST_PARTITIONS},
 * default 2
 */
record BatchConfig(int partitions) {

  static final int MOST_PARTITIONS = 16;
  private static final String PARTITIONS = "qenex.batch.partitions";

  /** @throws QenexException {@code INVALID_CONFIGURATION} */
  static BatchConfig read() {
    String text = ConfigProvider.getConfig().getOptionalValue(PARTITIONS, String.class).orElse("2");
    if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_PARTITIONS) {
      throw new QenexException(ErrorCode.INVALID_CONFIGURATION,
          PARTITIONS + " is a number from 1 to " + MOST_PARTITIONS + ": " + text);
    }
    return new BatchConfig(Integer.parseInt(text));
  }
}
