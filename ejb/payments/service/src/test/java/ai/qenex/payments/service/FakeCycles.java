package ai.qenex.payments.service;

import ai.qenex.kernel.BusinessDate;
import ai.qenex.kernel.ErrorCode;
import ai.qenex.kernel.QenexException;
import ai.qenex.settlement.ClearingCycle;
import ai.qenex.settlement.ClearingCycles;
import ai.qenex.settlement.Obligation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Clearing cycles in memory. */
final class FakeCycles implements ClearingCycles {

  final Map<UUID, Obligation> obligations = new LinkedHashMap<>();
  private final Set<BusinessDate> closed = new HashSet<>();
  private Runnable beforeAnswer = () -> {};

  void beforeAnswer(Runnable action) {
    beforeAnswer = action;
  }

  @Override
  public synchronized void record(List<Obligation> news) {
    for (Obligation obligation : news) {
      if (closed.contains(obligation.businessDate()) && !obligations.containsKey(obligation.id())) {
        throw new QenexException(ErrorCode.CONFLICTING_STATE, obligation.businessDate() + " is closed");
      }
    }
    news.forEach(obligation -> obligations.putIfAbsent(obligation.id(), obligation));
    beforeAnswer.run();
  }

  @Override
  public List<UUID> close(BusinessDate date) {
    closed.add(date);
    return List.of();
  }

  @Override
  public void net(BusinessDate date) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void settle(BusinessDate date) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<ClearingCycle> cyclesOf(BusinessDate date) {
    return List.of();
  }

  @Override
  public Optional<byte[]> message(String messageId) {
    return Optional.empty();
  }
}
