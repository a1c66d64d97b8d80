package ai.qenex.web.ledger;

import ai.qenex.kernel.Money;
import ai.qenex.ledger.TransferOrder;
import ai.qenex.security.LinkedOperation;
import ai.qenex.security.StepUpKind;
import ai.qenex.web.ledger.BatchItem.Ready;
import ai.qenex.web.stepup.StepUpGate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Proofs for many transfers in one request. A batch with one item over the policy needs a proof, which binds the whole
 * of it: the totals, the number of transfers, and by a digest each payer, payee, amount and id (EU 2018/389 Art. 5(3)).
 */
@ApplicationScoped
public class BatchStepUp {

  private static final int SHOWN_TOTALS = 3;

  @Inject private StepUpGate gate;

  /** Whether proofs are asked of that caller at all. */
  boolean concerns(SecurityContext who) {
    return gate.concerns(who);
  }

  /** Which transfers cannot go into a stream that is posted while it is read. */
  Predicate<Money> asking(SecurityContext who) {
    return gate.asking(who);
  }

  /** @param id of the whole request */
  void pass(SecurityContext who, UUID id, List<BatchItem> items) {
    Predicate<Money> asks = gate.asking(who);
    if (items.stream().anyMatch(item -> item instanceof Ready ready && asks.test(ready.order().amount()))) {
      gate.require(who, linked(id, items));
    }
  }

  static LinkedOperation linked(UUID id, List<BatchItem> items) {
    MessageDigest digest = sha256();
    Map<String, BigDecimal> totals = new TreeMap<>();
    int transfers = 0;
    for (BatchItem item : items) {
      if (item instanceof Ready ready) {
        TransferOrder order = ready.order();
        digest.update((order.id() + " " + order.debit() + " " + order.credit() + " " + order.amount().amount() + " "
            + order.amount().asset().code() + "\n").getBytes(StandardCharsets.UTF_8));
        totals.merge(order.amount().asset().code(), new BigDecimal(StepUpGate.text(order.amount())), BigDecimal::add);
        transfers++;
      }
    }
    String amount = totals.entrySet().stream().limit(SHOWN_TOTALS)
        .map(total -> total.getValue().toPlainString() + " " + total.getKey()).collect(Collectors.joining(", "));
    return new LinkedOperation(StepUpKind.BATCH, HexFormat.of().formatHex(digest.digest()),
        transfers + " transfers", totals.size() > SHOWN_TOTALS ? amount + ", …" : amount, "", id.toString());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
