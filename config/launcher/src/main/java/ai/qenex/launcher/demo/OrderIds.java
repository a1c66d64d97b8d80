package ai.qenex.launcher.demo;

import ai.qenex.kernel.UuidV7;
import java.util.UUID;

/**
 * The ids of everything the day orders: made from the order's own name and the id of the bank's first account. A day
 * that is played on after a crash therefore asks the same again and is answered the same, while another data folder
 * gets other ids.
 */
record OrderIds(UUID firstAccount) {

  /** @param name unique within the bank's life, such as {@code 2026-01-05 card 17} */
  String of(String name) {
    return UuidV7.derived(firstAccount, name).toString();
  }
}
