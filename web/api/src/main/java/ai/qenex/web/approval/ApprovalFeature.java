package ai.qenex.web.approval;

import ai.qenex.ledger.Accounts;
import ai.qenex.security.Approvals;
import jakarta.ejb.EJB;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** Sets a filter before each method that is {@link Sensitive}, and before no other. */
@Provider
public class ApprovalFeature implements DynamicFeature {

  /** Behind every check of who calls, and before the audit's word that it is about to be carried out. */
  private static final int PRIORITY = Priorities.USER + 800;

  @EJB private Approvals approvals;
  @EJB private Accounts accounts;
  @Context private HttpServletRequest request;

  @Override
  public void configure(ResourceInfo method, FeatureContext context) {
    Sensitive sensitive = method.getResourceMethod().getAnnotation(Sensitive.class);
    if (sensitive != null) {
      context.register(new ApprovalFilter(sensitive.value(), approvals, new ReadFigures(accounts), request), PRIORITY);
    }
  }
}
