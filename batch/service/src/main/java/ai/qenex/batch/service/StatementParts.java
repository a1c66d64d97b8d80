package ai.qenex.batch.service;

import ai.qenex.kernel.BusinessDate;
import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.partition.PartitionMapper;
import jakarta.batch.api.partition.PartitionPlan;
import jakarta.batch.api.partition.PartitionPlanImpl;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Properties;

/**
 * Splits the accounts by number modulo the parts, so that an account stays in its part whatever else moved meanwhile. A
 * step that was begun keeps its number of parts, whatever is configured since.
 */
@Named("statementParts")
@Dependent
public class StatementParts implements PartitionMapper {

  @Inject @BatchProperty private String businessDate;
  @EJB private JobBook book;

  @Override
  public PartitionPlan mapPartitions() {
    int parts =
        book.partsOf(BusinessDate.parse(businessDate), EndOfDayStep.STATEMENTS, BatchConfig.read().partitions());
    var properties = new Properties[parts];
    for (int part = 0; part < parts; part++) {
      properties[part] = new Properties();
      properties[part].setProperty("part", Integer.toString(part));
      properties[part].setProperty("parts", Integer.toString(parts));
    }
    var plan = new PartitionPlanImpl();
    plan.setPartitions(parts);
    plan.setThreads(parts);
    plan.setPartitionProperties(properties);
    return plan;
  }
}
