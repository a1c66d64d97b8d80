package ai.qenex.web.ledger;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What became of several moves that are carried out as one, in their order. */
public record LinkedView(List<Item> items) {

  /**
   * @param status {@code posted} or {@code refused}; it is the same for all
   * @param seq its place in the log if it was posted
   * @param code the clause if it was refused; {@code LINKED_TRANSFER_REFUSED} if only another was
   */
  public record Item(UUID id, String type, String status, Optional<Long> seq, Optional<String> code) {

    static Item posted(UUID id, String type, long seq) {
      return new Item(id, type, "posted", Optional.of(seq), Optional.empty());
    }

    static Item refused(UUID id, String type, String code) {
      return new Item(id, type, "refused", Optional.empty(), Optional.of(code));
    }
  }
}
