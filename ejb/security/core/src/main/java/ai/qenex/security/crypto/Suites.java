package ai.qenex.security.crypto;

import java.util.List;
import java.util.Optional;

/** The signature suites there are, by the name that is kept beside each signature. */
public final class Suites {

  /** Both Ed25519 and ML-DSA-65: what signs where nothing else is configured. */
  public static final String HYBRID = "Ed25519+ML-DSA-65";
  /** For anchors. */
  public static final String SLH_DSA = "SLH-DSA-SHA2-128s";
  /** What a token of hardware can hold. */
  public static final String P_256 = "ECDSA-P256";

  private static final List<SignatureSuite> ALL = List.of(new Ed25519Suite(), new HybridSuite(), new MlDsa65Suite(),
      new EcdsaP256Suite(), new SlhDsaSuite());

  private Suites() {}

  public static List<SignatureSuite> all() {
    return ALL;
  }

  public static Optional<SignatureSuite> named(String name) {
    return ALL.stream().filter(suite -> suite.name().equals(name)).findFirst();
  }
}
