package ai.qenex.ledger.service;

import ai.qenex.ledger.engine.LogRow;
import ai.qenex.ledger.engine.PostingEngine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What has to be looked up in the log before a batch can be decided.
 *
 * @param unsure ids that may be there
 * @param referred what instructions refer to
 */
record LogQuestions(List<UUID> unsure, List<UUID> referred) {

  /** @param all whether every id is asked for, as after a failure */
  static LogQuestions of(PostingEngine engine, List<Slot> batch, boolean all) {
    List<UUID> unsure = new ArrayList<>();
    List<UUID> referred = new ArrayList<>();
    for (Slot slot : batch) {
      for (UUID id : slot.ids()) {
        if (all || engine.mustLookUp(id)) {
          unsure.add(id);
        }
      }
      for (UUID id : slot.instruction().legIds()) {
        if (all || engine.mustLookUp(id)) {
          unsure.add(id);
        }
      }
      for (UUID id : slot.instruction().refersTo()) {
        if (engine.mustLookUpReferred(id)) {
          referred.add(id);
        }
      }
    }
    return new LogQuestions(unsure, referred);
  }

  boolean isEmpty() {
    return unsure.isEmpty() && referred.isEmpty();
  }

  Map<UUID, LogRow> ask(WriterSession session) throws SQLException {
    Map<UUID, LogRow> known = unsure.isEmpty() ? Map.of() : session.find(unsure);
    if (referred.isEmpty()) {
      return known;
    }
    var more = new HashMap<>(known);
    more.putAll(session.findReferred(referred));
    return more;
  }
}
