package ai.qenex.security;

import java.util.Map;

/** A decision that was not taken. @param figures that led to it, by name */
public record ApprovalRefusal(ApprovalClause clause, Map<String, String> figures) {

  public ApprovalRefusal {
    figures = Map.copyOf(figures);
  }

  public static ApprovalRefusal of(ApprovalClause clause) {
    return new ApprovalRefusal(clause, Map.of());
  }
}
