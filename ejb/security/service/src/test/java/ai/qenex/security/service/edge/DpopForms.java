package ai.qenex.security.service.edge;

import ai.qenex.security.ProofsOfPossession.Call;
import java.time.Instant;
import java.util.Optional;

/** Lets a fuzzer of another package read proofs. */
public final class DpopForms {

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final Call CALL =
      new Call("POST", "https://bank.example/api/v1/transfers", Optional.of("token"));

  private DpopForms() {}

  /** Whether the text is a proof of that call; for the fuzzer, who holds no key of such a form, never. */
  public static boolean proves(String text) {
    return DpopProof.read(text).filter(proof -> proof.refusal(CALL, Optional.of("thumb"), NOW).isEmpty()).isPresent();
  }
}
