package ai.qenex.security.service.approval;

import ai.qenex.security.service.approval.CarryOutApproved.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the embedded issuer says of a maker now. One that it does not know is another issuer's: of him is known what his
 * token said when he asked.
 */
record IssuerStanding(Transactions transactions) implements Standing {

  private static final String QUERY = "select roles, enabled from security.client where id = ?"
      + " union all select roles, enabled from security.person where name = ?";

  @Override
  public Optional<Set<String>> of(String maker, Set<String> roles) {
    return transactions.run(connection -> of(connection, maker, roles));
  }

  private static Optional<Set<String>> of(Connection connection, String maker, Set<String> roles) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, maker);
      query.setString(2, maker);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.of(roles);
        }
        Set<String> left = new HashSet<>(roles);
        left.retainAll(List.of((String[]) row.getArray(1).getArray()));
        return left.isEmpty() || !row.getBoolean(2) ? Optional.empty() : Optional.of(left);
      }
    }
  }
}
