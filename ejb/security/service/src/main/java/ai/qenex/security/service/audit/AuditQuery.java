package ai.qenex.security.service.audit;

import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditLog;
import ai.qenex.security.AuditOutcome;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A search in a stretch of the log, as a condition of SQL with its parameters. The times are the stretch's. */
final class AuditQuery {

  private final StringBuilder condition = new StringBuilder("r.seq >= ? and r.seq < ?");
  private final List<Object> parameters = new ArrayList<>();

  /** @param below the first number that is no longer wanted */
  AuditQuery(AuditLog.Search search, long first, long below) {
    parameters.add(first);
    parameters.add(below);
    add(" and r.actor = ?", search.actor());
    add(" and r.kind = ?", search.kind().map(AuditKind::code));
    add(" and r.action = ?", search.action());
    // the second condition lets the partial index serve
    add(" and r.subject_id = ? and r.subject_id <> ''", search.subject());
    add(" and r.outcome = ?", search.outcome().map(AuditOutcome::code));
    add(" and r.correlation = ?", search.correlation());
  }

  String condition() {
    return condition.toString();
  }

  /** Answers the place of the next parameter. */
  int bind(PreparedStatement statement) throws SQLException {
    int place = 1;
    for (Object parameter : parameters) {
      statement.setObject(place++, parameter);
    }
    return place;
  }

  private void add(String clause, Optional<?> value) {
    value.ifPresent(given -> {
      condition.append(clause);
      parameters.add(given);
    });
  }
}
