package ai.qenex.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Reading which transfers were undone, as fresh as the last commit. */
public interface Reversals {

  /** The id of the transfer that undid each of those that were undone. */
  Map<UUID, UUID> of(Collection<UUID> transfers);
}
