package ai.qenex.batch.service;

import ai.qenex.security.AuditEvent;
import ai.qenex.security.AuditKind;
import ai.qenex.security.AuditOrigin;
import ai.qenex.security.AuditOutcome;
import ai.qenex.security.AuditSubject;
import ai.qenex.security.AuditTrail;
import jakarta.batch.api.listener.StepListener;
import jakarta.batch.runtime.BatchStatus;
import jakarta.batch.runtime.context.JobContext;
import jakarta.batch.runtime.context.StepContext;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Lets the audit log know that a step begins, before it does anything, and how it ended. */
@Named("auditedStep")
@Dependent
public class AuditedStep implements StepListener {

  @Inject private JobContext job;
  @Inject private StepContext step;
  @EJB private AuditTrail trail;

  private long intent;

  @Override
  public void beforeStep() {
    intent = trail.intend(event(AuditOutcome.INTENDED));
  }

  @Override
  public void afterStep() {
    boolean failed = step.getException() != null || step.getBatchStatus() == BatchStatus.FAILED;
    boolean stopped = step.getBatchStatus() == BatchStatus.STOPPED || step.getBatchStatus() == BatchStatus.STOPPING;
    AuditOutcome outcome = failed || stopped ? AuditOutcome.FAILED : AuditOutcome.SUCCEEDED;
    trail.note(event(outcome).ending(intent).because(failed ? "see the execution" : stopped ? "stopped" : "")
        .changing("", step.getExitStatus() == null ? "" : step.getExitStatus()));
  }

  private AuditEvent event(AuditOutcome outcome) {
    return AuditEvent.of(AuditKind.JOB, job.getJobName() + "/" + step.getStepName(),
        new AuditSubject("execution", Long.toString(job.getExecutionId())), outcome)
        .by(AuditOrigin.service("batch", "execution-" + job.getExecutionId()));
  }
}
