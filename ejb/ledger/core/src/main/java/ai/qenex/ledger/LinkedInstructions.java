package ai.qenex.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Instructions that are carried out as one: all or none, and each is judged after those before it. So a transfer may
 * pay out what a capture brought in, and a reversal together with a new transfer corrects a wrong one.
 *
 * <p>
 * The parts move or reserve money; one that opens or changes something else is a fault when it is decided.
 */
public final class LinkedInstructions implements Instruction {

  private final List<Instruction> parts;
  private final List<UUID> ids = new ArrayList<>();
  private final List<UUID> refersTo = new ArrayList<>();
  private final long[] fingerprints;

  /**
   * @param parts with 1 to {@value Instruction#MAX_LINES} lines in all, which have different ids, and no legs
   */
  public LinkedInstructions(List<? extends Instruction> parts) {
    this.parts = List.copyOf(parts);
    for (Instruction part : this.parts) {
      if (!part.legIds().isEmpty()) {
        throw new IllegalArgumentException("what numbers its legs when it is decided cannot be linked");
      }
      ids.addAll(part.ids());
      refersTo.addAll(part.refersTo());
      if (ids.size() > MAX_LINES) {
        break;
      }
    }
    if (ids.isEmpty() || ids.size() > MAX_LINES || refersTo.size() > MAX_LINES) {
      throw new IllegalArgumentException("1 to " + MAX_LINES + " lines are carried out as one");
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new IllegalArgumentException("two lines have one id");
    }
    fingerprints = new long[ids.size()];
    int line = 0;
    for (Instruction part : this.parts) {
      int lines = part.ids().size();
      for (int i = 0; i < lines; i++) {
        fingerprints[line++] = part.fingerprint(i);
      }
    }
  }

  public List<Instruction> parts() {
    return parts;
  }

  @Override
  public List<UUID> ids() {
    return List.copyOf(ids);
  }

  @Override
  public List<UUID> refersTo() {
    return List.copyOf(refersTo);
  }

  @Override
  public long fingerprint(int index) {
    return fingerprints[index];
  }

  @Override
  public Decision decide(LedgerView view) {
    var overlay = new BalanceOverlay(view);
    var effects = new ArrayList<Effect>(ids.size());
    for (Instruction part : parts) {
      Decision decision = part.decide(overlay);
      if (decision instanceof Decision.Reject reject) {
        return new Decision.Reject(effects.size() + reject.line(), reject.refusal());
      }
      for (Effect effect : ((Decision.Accept) decision).effects()) {
        overlay.apply(ids.get(effects.size()), effect);
        effects.add(effect);
      }
    }
    return new Decision.Accept(effects);
  }
}
