package ai.qenex.payments.rules;

import ai.qenex.payments.initiation.GroupTotals;
import ai.qenex.payments.initiation.InitiationGroup;
import ai.qenex.payments.initiation.InitiationHeader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Rules over a file and its groups: what is declared must be what is there. */
public final class FileRules {

  private FileRules() {}

  /** A fault that refuses the whole file. */
  public static Optional<Fault> judgeFile(InitiationHeader header, List<GroupTotals> groups) {
    Optional<Fault> form = OrderRules.identifier(header.messageId(), Part.MESSAGE_ID);
    if (form.isPresent()) {
      return form;
    }
    long count = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (GroupTotals group : groups) {
      count += group.count();
      sum = sum.add(group.sum());
    }
    return judgeTotals(new Declared(Optional.of(header.declaredCount()), header.controlSum()), new Counted(count, sum),
        Part.FILE_COUNT, Part.FILE_SUM);
  }

  /** A fault that refuses every payment of the group. */
  public static Optional<Fault> judgeGroup(GroupTotals totals, LocalDate today) {
    InitiationGroup group = totals.group();
    return OrderRules.identifier(group.id(), Part.GROUP_ID)
        .or(() -> judgeTotals(new Declared(group.declaredCount(), group.controlSum()),
            new Counted(totals.count(), totals.sum()), Part.GROUP_COUNT, Part.GROUP_SUM))
        .or(() -> method(group.method()))
        .or(() -> OrderRules.executionDate(group.executionDate(), today))
        .or(() -> OrderRules.text(group.debtorName(), Part.DEBTOR_NAME));
  }

  private record Declared(Optional<Long> count, Optional<BigDecimal> sum) {}

  private record Counted(long count, BigDecimal sum) {}

  private static Optional<Fault> judgeTotals(Declared declared, Counted counted, Part count, Part sum) {
    if (declared.count().isPresent() && declared.count().get() != counted.count()) {
      return Optional.of(new Fault(ReasonCode.AM18, count,
          declared.count().get() + " transactions are declared, " + counted.count() + " are there"));
    }
    if (declared.sum().isPresent() && declared.sum().get().compareTo(counted.sum()) != 0) {
      return Optional.of(new Fault(ReasonCode.AM10, sum, "the control sum is " + declared.sum().get().toPlainString()
          + ", the amounts sum to " + counted.sum().toPlainString()));
    }
    return Optional.empty();
  }

  private static Optional<Fault> method(String method) {
    return "CHK".equals(method)
        ? Optional.of(new Fault(ReasonCode.AG03, Part.METHOD, "cheques are not issued"))
        : Optional.empty();
  }
}
